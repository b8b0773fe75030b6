import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { axe } from "./support/axe.ts";
import { AppPage, questions } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import { lettersOf, ReaderPage, shared } from "./support/reader.ts";

/** The evidence on its page: what the marks cover, ways in and back, links, on the built site. */

const CORPUS = resolve(process.env["PDF_CORPUS"] ?? "../shared/pdfs");
/** Two minutes of real PDFs, and half of the sample questions: `npm test` leaves them to `npm run corpus`. */
const isShort = process.env["SKIP_CORPUS"] !== undefined;
const present = existsSync(join(CORPUS, "README.md")) && !isShort;
/** Half a letter at an edge, a header within a passage: no more than this may differ. */
const SAME = 0.98;
const QUESTION = questions()[0]!.question;

test.use({ startAt: "./#pool=6&top=3" });

test("RD1 for the sample questions the marks on the page cover the words of the chunk", async ({ app, page }) => {
  test.setTimeout(300_000);
  const reader = new ReaderPage(page);
  const weak: string[] = [];
  let exact = 0;
  const asked = questions().filter((_, i) => !isShort || i % 2 === 0);
  for (const { id, question } of asked) {
    await app.ask(question);
    const row = app.after.getByRole("listitem").first();
    const share = await markedShare(row, reader);
    if (share === 1) exact += 1;
    if (share < SAME) weak.push(`${id}: ${share.toFixed(4)}`);
  }
  console.log(
    `marks: ${exact} of ${asked.length} passages letter for letter; below ${SAME}: ${weak.join(", ") || "none"}`,
  );
  expect(weak).toEqual([]);
});

test("RD2 turned by hand, the marks stay on the words", async ({ app, page }) => {
  const reader = new ReaderPage(page);
  await app.ask(QUESTION);
  const row = app.after.getByRole("listitem").first();
  expect(await markedShare(row, reader)).toBeGreaterThanOrEqual(SAME);
  const first = Number(await row.getAttribute("data-page")) - 1;
  const before = await reader.markedLetters(first);
  for (const turn of [90, 180, 270]) {
    await reader.pages.press("r");
    await reader.goTo(first);
    await expect
      .poll(async () => shared(await reader.markedLetters(first), before), { message: `${turn}°` })
      .toBeGreaterThanOrEqual(SAME);
  }
});

const REAL = [
  ["page-rotated.pdf", "text"],
  ["paper-two-column-dpr.pdf", "How are negative passages chosen for training?"],
  ["three-columns-50p.pdf", "resolution"],
  ["chinese-report-22p.pdf", "报告"],
  ["french-paper.pdf", "résultats"],
] as const;

for (const [file, query] of REAL) {
  test(`RD3 ${file}: the marks cover the words of the best rows`, async ({ page }, info) => {
    test.skip(!present, "no PDFs beside the repository, or left to npm run corpus");
    const app = await new AppPage(page).open("./#pool=3&top=3");
    await app.fileInput.setInputFiles(join(CORPUS, file));
    await app.settled();
    await app.ask(query);
    const reader = new ReaderPage(page);
    const shares: number[] = [];
    for (const row of await app.before.getByRole("listitem").all()) shares.push(await markedShare(row, reader));
    await page.screenshot({ path: info.outputPath("reader.png") });
    console.log(`${file}: ${shares.map((share) => share.toFixed(4)).join(" ")}`);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(SAME);
  });
}

test("RD4 619 pages from end to end: few canvases at any time, and the last page is drawn", async ({ page }) => {
  test.skip(!present, "no PDFs beside the repository, or left to npm run corpus");
  test.setTimeout(600_000);
  const app = await new AppPage(page).open("./#pool=3&top=3");
  await app.fileInput.setInputFiles(join(CORPUS, "manual-619p.pdf"));
  await app.settled(400_000);
  await app.ask("window");
  await app.after.or(app.before).locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  const most = await reader.pages.evaluate(async (column) => {
    let canvases = 0;
    let pixels = 0;
    let elements = 0;
    let step = 0;
    for (column.scrollTop = 0; column.scrollTop + column.clientHeight < column.scrollHeight - 2;) {
      column.scrollTop += column.clientHeight * 6;
      step += 1;
      // Mostly faster than it can draw; now and then it may: all that is near is drawn and has its text.
      const isResting = step % 10 === 0;
      const until = performance.now() + (isResting ? 5_000 : 60);
      const isIdle = () =>
        isResting && [...column.querySelectorAll("[data-page]")].every((it) => it.querySelector("[data-end]"));
      while (performance.now() < until && !isIdle()) await new Promise((resolve) => setTimeout(resolve, 30));
      const all = [...document.querySelectorAll("canvas")];
      canvases = Math.max(canvases, all.length);
      pixels = Math.max(
        pixels,
        all.reduce((sum, { width, height }) => sum + width * height, 0),
      );
      elements = Math.max(elements, column.querySelectorAll("*").length);
    }
    return { canvases, megapixels: pixels / 1e6, elements };
  });
  await expect(reader.frame.locator('[data-page="618"][data-drawn]')).toBeVisible({ timeout: 30_000 });
  console.log(
    `619 pages: at most ${most.canvases} canvases, ${most.megapixels.toFixed(1)} megapixels, ${most.elements} elements`,
  );
  expect(most.canvases).toBeLessThanOrEqual(16);
  expect(most.megapixels).toBeLessThanOrEqual(60);
});

test("RD5 no axe violations with the reader open: light, thumbnails, dark, 390 px", async ({ app, page }) => {
  await app.ask(QUESTION);
  await app.after.locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  await violations(page, "reader");
  await reader.pages.press("t");
  await expect(reader.frame.locator("[data-heat]").first()).toBeAttached();
  await violations(page, "thumbnails with heat");
  await page.emulateMedia({ colorScheme: "dark" });
  await violations(page, "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await violations(page, "390 px");
});

test("RD6 a link opens the passage for who has the file, asks for it where it is missing, and holds no words", async ({
  app,
  page,
  context,
  freshPage,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.ask(QUESTION);
  const row = app.after.getByRole("listitem").first();
  await row.locator("[data-row-button]").click();
  const reader = new ReaderPage(page);
  await reader.shows();
  const first = Number(await row.getAttribute("data-page")) - 1;
  const letters = await reader.markedLetters(first);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toMatch(/^#open=[0-9a-f]{64}&at=\d+-\d+&text=\d+$/);
  // The address itself says nothing of it.
  expect(page.url()).not.toContain("open=");

  const again = await context.newPage();
  await again.goto(link);
  const second = new ReaderPage(again);
  await second.shows();
  expect(await second.markedLetters(first)).toBe(letters);
  await expect.poll(() => again.url()).not.toContain("open=");
  await again.close();

  const stranger = await freshPage();
  await stranger.goto(link);
  const other = new AppPage(stranger);
  await other.ready();
  await expect(stranger.getByText(/points into a document that is not in your library/)).toContainText(
    `SHA-256 begins ${new URL(link).hash.slice(6, 18)}`,
  );
  await other.fileInput.setInputFiles(join("public/samples", questions()[0]!.document));
  const third = new ReaderPage(stranger);
  await third.shows();
  expect(await third.markedLetters(first)).toBe(letters);
  await expect(stranger.getByText(/points into a document/)).toHaveCount(0);
});

test("RD7 on a narrow screen the reader is a screen of its own: in, to the row of a rank, back", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.ask(QUESTION);
  const title = page.locator("[data-row-button]:visible").first();
  await title.click();
  const reader = new ReaderPage(page);
  await reader.shows();
  await expect(app.query).toBeHidden();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(reader.frame).toHaveCount(0);
  await expect(title).toBeFocused();

  await title.click();
  await reader.shows();
  const badge = reader.frame.locator("[data-badge]:not([aria-current])").first();
  const chunk = await badge.getAttribute("data-badge");
  await badge.click();
  await expect(reader.frame).toHaveCount(0);
  await expect.poll(() => focusedChunk(page)).toBe(chunk);
  await expect(page.locator(":focus")).toBeInViewport();
});

test("RD8 by keyboard alone: into the page, to a rank, back to its row, and out", async ({ app, page }) => {
  await app.ask(QUESTION);
  await page.keyboard.press("ArrowDown");
  const opener = await focusedChunk(page);
  await page.keyboard.press("Enter");
  const reader = new ReaderPage(page);
  await reader.shows();
  await expect(reader.pages).toBeFocused();
  // The pair is current on both sides.
  const current = page.locator("[data-row-button][aria-current=true]");
  expect(await current.count()).toBeGreaterThanOrEqual(1);
  for (const it of await current.all())
    expect(await it.evaluate((e) => e.closest("li")?.dataset["chunkId"])).toBe(opener);

  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.locator("[data-badge]:focus").count()) > 0) break;
  }
  const chunk = await page.locator("[data-badge]:focus").getAttribute("data-badge");
  await expect(page.locator(`li[data-chunk-id="${chunk}"][data-lit]`).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedChunk(page)).toBe(chunk);

  await page.keyboard.press("Enter");
  await expect(reader.pages).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reader.frame).toHaveCount(0);
  expect(await focusedChunk(page)).toBe(chunk);
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Show the section around it" }).click();
  const text = await page.locator("[data-chunk-text]").textContent();
  await expect(page.locator("[data-section] mark")).toHaveText(text ?? "");
});

test("RD9 a citation is the passage, its document and its page", async ({ app, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.ask(QUESTION);
  await app.after.locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  await page.getByRole("button", { name: "Copy citation" }).click();
  await expect(page.getByText("Citation copied")).toBeVisible();
  const citation = await page.evaluate(() => navigator.clipboard.readText());
  expect(citation).toMatch(/^“[^”]+” — pump-manual\.pdf, pp?\. \d+(–\d+)? of 16/);
  expect(citation).toContain("three times");
});

test("RD10 a document that goes while it is open takes the reader with it, in words", async ({ app, page }) => {
  await app.ask(QUESTION);
  await app.after.locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  await app
    .document("pump-manual.pdf")
    .getByRole("button", { name: /Remove/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText(/pump-manual\.pdf left the library/)).toBeVisible();
  await expect(reader.frame).toHaveCount(0);
});

test("RD11 through a phone's width and back, the reader is as wide as before", async ({ app, page }) => {
  await app.ask(QUESTION);
  await app.after.locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  const width = () => reader.frame.evaluate((frame) => Math.round(frame.getBoundingClientRect().width));
  const before = await width();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(width).toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(width).toBe(before);
  await expect(reader.chosen.first()).toBeInViewport();

  // A tablet that is turned: Back leaves the screen that the reader became, not the site.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goBack();
  await expect(reader.frame).toHaveCount(0);
  await expect(page.locator("[data-row-button]:visible").first()).toBeVisible();
});

test("RD12 on a phone Back leaves the reader and not the site, and no way out leaves an entry behind", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.ask(QUESTION);
  const here = page.url();
  const entries = () => page.evaluate(() => history.length);
  const title = page.locator("[data-row-button]:visible").first();
  const reader = new ReaderPage(page);
  const open = async () => {
    await title.click();
    await reader.shows();
    await expect.poll(() => page.evaluate(() => history.state !== null)).toBe(true);
  };
  await open();
  await page.goBack();
  await expect(reader.frame).toHaveCount(0);
  expect(page.url()).toBe(here);
  await expect(title).toBeFocused();

  await open();
  const most = await entries();
  for (let round = 0; round < 3; round += 1) {
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await expect(reader.frame).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => history.state)).toBeNull();
    await open();
  }
  expect(await entries()).toBe(most);

  await page.reload();
  await app.ready();
  await expect.poll(() => page.evaluate(() => history.state)).toBeNull();
  await expect(reader.frame).toHaveCount(0);
});

test("RD13 on a phone the toolbar is one row, ranks stay in the margin, and an entry of the outline shows its page", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await app.ask(QUESTION);
  await page.locator("[data-row-button]:visible").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  const toolbar = reader.frame.getByRole("group", { name: "Pages and zoom" });
  expect((await toolbar.boundingBox())!.height).toBeLessThan(44);

  await reader.pages.press("t");
  await expect(reader.frame.locator("[data-heat]").first()).toBeAttached();
  await reader.shows();
  const badge = (await reader.frame.locator("[data-badge][aria-current]").first().boundingBox())!;
  const first = (await reader.chosen.first().boundingBox())!;
  const apart = badge.x + badge.width <= first.x || badge.x >= first.x + first.width;
  expect(apart, `badge ${JSON.stringify(badge)} beside ${JSON.stringify(first)}`).toBe(true);

  await reader.frame.getByRole("button", { name: "Outline", exact: true }).click();
  await reader.frame.locator("[data-outline-entry]:enabled").last().click();
  await expect(reader.frame.getByRole("navigation")).toHaveCount(0);
  await expect(reader.pages).toBeFocused();
});

test("RD14 forced colours leave the marks a tint under the words, and no axe violations", async ({ app, page }) => {
  await app.ask(QUESTION);
  await app.after.locator("[data-row-button]").first().click();
  const reader = new ReaderPage(page);
  await reader.shows();
  await page.emulateMedia({ forcedColors: "active" });
  const style = await reader.chosen.first().evaluate((mark) => {
    const { backgroundColor, borderBottomWidth, mixBlendMode } = getComputedStyle(mark);
    return { backgroundColor, borderBottomWidth, mixBlendMode };
  });
  expect(style.backgroundColor).toBe("rgb(255, 228, 138)");
  expect(style.mixBlendMode).toBe("multiply");
  expect(Number.parseFloat(style.borderBottomWidth)).toBeLessThanOrEqual(1);
  await violations(page, "forced colours");

  // The words that were asked for are as readable as the words around them, dark palettes too.
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  const [ink, around] = await app.before
    .locator("mark")
    .first()
    .evaluate((mark) => [getComputedStyle(mark).color, getComputedStyle(mark.parentElement!).color]);
  expect(ink).toBe(around);
});

test("RD15 odd finds, the largest zoom and hasty hands: the reader shows what was asked for last", async ({
  app,
  page,
}) => {
  await app.ask(QUESTION);
  const rows = app.before.locator("[data-row-button]");
  const reader = new ReaderPage(page);
  const many = await rows.count();
  for (let i = 0; i < 12; i += 1) await rows.nth(i % many).click({ noWaitAfter: true });
  const last = app.before.getByRole("listitem").nth(11 % many);
  await expect(reader.frame).toHaveAttribute("data-document-id", (await last.getAttribute("data-document-id"))!);
  await reader.shows();

  await reader.pages.press("Control+f");
  const field = page.getByRole("textbox", { name: "Find in this document" });
  for (const odd of ["(", "[a-z", "\\", ".*+?^${}|", "%", "<script>"]) {
    await field.fill(odd);
    await expect(reader.frame.getByText(/^(No matches|[\d,]+ of [\d,]+)$/)).toBeVisible();
  }
  // A find begins at the page that is shown.
  await reader.goTo(0);
  await field.fill(".");
  await expect(reader.frame.getByText(/^1 of [\d,]+$/)).toBeVisible();
  await field.press("Shift+Enter");
  await expect(reader.frame.getByText(/^([\d,]+) of \1$/)).toBeVisible();
  await field.press("Escape");

  for (let i = 0; i < 20; i += 1) await reader.pages.press("+");
  await expect(reader.frame.getByLabel("Zoom", { exact: true })).toHaveText(/^500/);
  await expect(reader.frame.locator("[data-page][data-drawn]").first()).toBeVisible({ timeout: 30_000 });
  const pixels = await reader.frame
    .locator("canvas")
    .evaluateAll((all) =>
      all.map((canvas) => (canvas as HTMLCanvasElement).width * (canvas as HTMLCanvasElement).height),
    );
  expect(Math.max(...pixels)).toBeLessThanOrEqual(16_100_000);
  for (let i = 0; i < 30; i += 1) await reader.pages.press("-");
  await expect(reader.frame.getByLabel("Zoom", { exact: true })).toHaveText(/^25/);
  await reader.pages.press("0");
  await reader.shows();
});

/** Opens a row and compares what is marked with the chunk's text. */
async function markedShare(row: Locator, reader: ReaderPage): Promise<number> {
  await row.locator("[data-row-button]").click();
  await expect(row.locator("[data-row-button]")).toHaveAttribute("aria-current", "true");
  await reader.shows();
  const marked = lettersOf(await reader.passageLetters(Number(await row.getAttribute("data-page")) - 1));
  const details = row.locator("[data-row-details]");
  await details.click();
  const text = lettersOf((await row.locator("[data-chunk-text]").textContent()) ?? "");
  await details.click();
  const share = shared(marked, text);
  if (share < 1) console.log(`${share.toFixed(4)}\nmarked: ${marked}\nchunk:  ${text}`);
  return share;
}

async function focusedChunk(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("li")?.dataset["chunkId"] ?? null);
}

async function violations(page: Page, state: string): Promise<void> {
  const { violations: found } = await axe(page).analyze();
  const told = found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(" "))
        .slice(0, 3)
        .join(" | ")}`,
  );
  expect.soft(told, state).toEqual([]);
}
