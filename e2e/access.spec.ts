import type { Locator, Page } from "@playwright/test";
import { AppPage, questions } from "./support/app.ts";
import { violations } from "./support/axe.ts";
import { expect, test } from "./support/fixtures.ts";
import { tinyPdf } from "./support/tiny-pdf.ts";

/** For everyone: by assistive technology, by keyboard alone, on a narrow screen, without motion, in forced colours. */

// Six of a pool are enough rows for every state, and a sixth of the re-ranker's work.
const START = "./#pool=6&top=3";
test.use({ startAt: START });
const QUESTION = questions()[0]!.question;

test("A1 no axe violations: first screen, files on their way, a failed file, the keys", async ({ page }) => {
  const app = await new AppPage(page).open(START);
  await violations(page, "first screen");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await violations(page, "keys dialog");
  await page.keyboard.press("Escape");

  // Long enough to be on its way for as long as axe looks.
  const pages = Array.from({ length: 800 }, (_, at) => `Page ${at} of a long report.\n`.repeat(45));
  const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: "application/pdf", buffer });
  await app.fileInput.setInputFiles([
    pdf("notes.pdf", Buffer.from("these are notes and no PDF")),
    pdf("long.pdf", tinyPdf({ pages })),
    pdf("waiting.pdf", tinyPdf({ pages: ["one page"] })),
  ]);
  const failed = app.document("notes.pdf");
  await expect(failed).toHaveAttribute("data-state", "failed", { timeout: 60_000 });
  await expect(failed.getByRole("alert")).toContainText(/no kind that can be read/);
  await expect(app.document("long.pdf").getByRole("progressbar")).toBeVisible();
  await violations(page, "one file failed, one on its way, one waiting");
  await expect(app.document("long.pdf")).toHaveAttribute("data-state", /reading|embedding/);
  await page.getByRole("button", { name: "Cancel waiting.pdf" }).click();
  await page.getByRole("button", { name: "Cancel long.pdf" }).click();
  await app.ready();
  await expect(app.library.getByRole("listitem")).toHaveCount(1);
  await violations(page, "nothing but a failed file");
});

test("A2 no axe violations: result, open details, library menu, confirmation, dark, 390 px", async ({ app, page }) => {
  await app.ask(QUESTION);
  await violations(page, "result");
  await detailsButton(app.after, 0).click();
  await expect(app.after.getByRole("table")).toBeVisible();
  await violations(page, "details open");
  await app.menu("Delete everything");
  await violations(page, "library menu open");
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await violations(page, "confirmation");
  await page.keyboard.press("Escape");

  await page.emulateMedia({ colorScheme: "dark" });
  await violations(page, "result, dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await violations(page, "result, dark, 390 px");
  await page.emulateMedia({ colorScheme: "light" });
  await violations(page, "result, 390 px");
  await page.getByRole("button", { name: "6 documents" }).click();
  await violations(page, "library, 390 px");
});

test("A3 from start to answer by keyboard alone", async ({ page, samples }) => {
  const app = await new AppPage(page).open(START);
  // The first screen's buttons are reached and seen.
  await tabTo(page, page.getByRole("button", { name: "Import an exported library" }));
  // Now and then the first key is faster than Playwright's watch over file dialogs.
  await expect(async () => {
    const chooser = page.waitForEvent("filechooser", { timeout: 3_000 });
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(samples.file);
  }).toPass({ timeout: 15_000 });
  await expect(app.library.getByRole("listitem")).toHaveCount(6);
  await app.ready();

  await page.keyboard.press("/");
  await expect(app.query).toBeFocused();
  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await app.ready();
  await expect(app.after.getByRole("listitem").first()).toBeVisible();
  await expect(app.query).toBeFocused();

  await page.keyboard.press("ArrowDown");
  await expect(rowButton(app.after, 0)).toBeFocused();
  await seen(page);
  await page.keyboard.press("j");
  await expect(rowButton(app.after, 1)).toBeFocused();
  const chunk = await focusedChunk(page);
  await page.keyboard.press("h");
  expect(await focusedSide(page)).toBe("before");
  // The twin, where it is shown; else the row of the same height.
  const shown = (await app.rows(app.before)).some((row) => row.chunk === chunk);
  if (shown) expect(await focusedChunk(page)).toBe(chunk);
  await page.keyboard.press("l");
  expect(await focusedSide(page)).toBe("after");
  await page.keyboard.press("k");
  await page.keyboard.press("Space");
  await expect(focusedRow(page).getByRole("table")).toBeVisible();
  await expect(focusedRow(page).locator("[data-row-details]")).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("table")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(app.query).toBeFocused();

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  // The page below is out of reach, and typing there goes nowhere.
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") === null)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await focusedSide(page)).toBe("after");
});

test("A4 the focus stays on its row while rows move, and stays on the screen", async ({ app, page }) => {
  await app.restart("./#pool=30&top=30");
  await app.query.fill(QUESTION);
  await page.keyboard.press("Enter");
  await expect(rowButton(app.after, 4)).toBeAttached();
  await rowButton(app.after, 4).focus();
  const chunk = await focusedChunk(page);
  const top = await rowTop(page);
  let moved = 0;
  // Where the row is seen at every frame until the last score has come.
  await expect
    .poll(
      async () => {
        expect(await focusedChunk(page)).toBe(chunk);
        moved = Math.max(moved, Math.abs((await rowTop(page)) - top));
        return page.locator("#root").getAttribute("data-app-state");
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBe("ready");
  expect(await focusedChunk(page)).toBe(chunk);
  console.log(`the focused row moved ${moved.toFixed(1)} px on the screen while 30 scores arrived`);
  expect(moved).toBeLessThanOrEqual(2);
});

test("A5 a document goes by keyboard, and a refusal gives the focus back", async ({ app, page }) => {
  await tabTo(page, page.getByRole("button", { name: "Remove travel-policy.pdf" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Remove travel-policy.pdf" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Remove" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(app.library.getByRole("listitem")).toHaveCount(5);
  await expect(dialog).toHaveCount(0);
  const closed = await landing(page);
  console.log(`after the removal the focus is on ${closed}`);
});

// A known fault: the row that held the focus is gone with its dialog. Playwright fails this test once it passes.
test("A5b after a removal the focus is not thrown back to the start of the page", async ({ app, page }) => {
  await page.getByRole("button", { name: "Remove travel-policy.pdf" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).press("Enter");
  await expect(app.library.getByRole("listitem")).toHaveCount(5);
  await expect.poll(() => landing(page)).toBe("Remove reranking-paper.pdf");
});

test("A6 320 px: no sideways scrolling, in any state", async ({ app, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const widths: string[] = [];
  const wide: string[] = [];
  const measure = async (state: string): Promise<void> => {
    const { width, culprits } = await page.evaluate(() => {
      const root = document.documentElement;
      const over = [...document.querySelectorAll("body *")].filter(
        (it) => it.getBoundingClientRect().right > innerWidth + 0.5 && getComputedStyle(it).position !== "fixed",
      );
      return {
        width: root.scrollWidth,
        culprits: over.slice(0, 3).map((it) => `${it.tagName.toLowerCase()}.${it.className}`.slice(0, 60)),
      };
    });
    widths.push(`${state} ${width}`);
    if (width > 320) wide.push(`${state}: ${width} px, e.g. ${culprits.join(" ")}`);
  };
  await measure("before a question");
  await app.ask(QUESTION);
  await measure("result");
  await page.locator("[data-row-details]:visible").first().click();
  await measure("details open");
  await page.locator("[data-row-button]:visible").first().click();
  await expect(page.locator("[data-mark=chosen]").first()).toBeVisible();
  await measure("reader");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("button", { name: /^Settings/ }).click();
  await measure("settings open");
  await page.getByRole("button", { name: "6 documents" }).click();
  await measure("library open");
  await app.menu("Delete everything");
  await measure("library menu");
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await measure("dialog");
  await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("button", { name: "Try the sample library" })).toBeVisible();
  await measure("first screen");
  console.log(`scrollWidth at 320 px: ${widths.join(", ")}`);
  expect(wide).toEqual([]);
});

test("A7 with reduced motion nothing moves by itself", async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await app.restart("./#pool=30&top=30");
  await page.evaluate(() => {
    // Element.animate is how rows slide; styles can move things too, which getAnimations shows.
    const seen = new Set<string>();
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...input) {
      seen.add(`animate() on ${this.className}`);
      return animate.apply(this, input);
    };
    const look = (): void => {
      for (const it of document.getAnimations()) {
        const target = (it.effect as KeyframeEffect | null)?.target;
        seen.add(`${it.constructor.name} on ${target?.tagName} ${target?.className}`);
      }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { seen });
  });
  await app.ask(QUESTION);
  const moving = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  expect(moving).toEqual([]);
});

test("A8 forced colours: everything is still there, and the focus is seen", async ({ app, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await app.ask(QUESTION);
  await rowButton(app.after, 0).focus();
  await page.keyboard.press("j");
  await seen(page);
  const marks = await app.after
    .locator("mark")
    .first()
    .evaluate((it) => getComputedStyle(it).textDecorationLine);
  expect(marks).toContain("underline");
  const fill = app.after.locator("[data-side=after] [data-side=after] span").first();
  const colours = await fill.evaluate((it) => [
    getComputedStyle(it).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(colours[0], "a bar is told from its ground").not.toBe(colours[1]);
  await violations(page, "forced colours");
});

/** What has the focus now, by its name. */
async function landing(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) return "body";
    return active.getAttribute("aria-label") ?? active.textContent ?? active.tagName;
  });
}

function rowButton(list: Locator, at: number): Locator {
  return list.getByRole("listitem").nth(at).locator("[data-row-button]");
}

function detailsButton(list: Locator, at: number): Locator {
  return list.getByRole("listitem").nth(at).locator("[data-row-details]");
}

function focusedRow(page: Page): Locator {
  return page.locator("li[data-chunk-id]", { has: page.locator(":focus") });
}

async function focusedChunk(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("li")?.dataset["chunkId"] ?? null);
}

async function focusedSide(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("li")?.dataset["side"] ?? null);
}

async function rowTop(page: Page): Promise<number> {
  return page.evaluate(() => document.activeElement?.closest("li")?.getBoundingClientRect().top ?? Number.NaN);
}

/** Presses Tab until the element has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    await seen(page);
    if (await target.evaluate((it) => it === document.activeElement)) return;
  }
  throw new Error("60 times Tab did not get there");
}

/** The focused element, or what wraps it, has an outline, and lies on the screen. */
async function seen(page: Page): Promise<void> {
  const focus = await page.evaluate(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) return { what: "nothing", ring: true, onScreen: true };
    const ringed = (it: Element | null): boolean => {
      if (it === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(it);
      return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || ringed(it.parentElement);
    };
    const box = (active.closest("label") ?? active).getBoundingClientRect();
    return {
      what: `${active.tagName} ${active.getAttribute("aria-label") ?? active.textContent?.slice(0, 30)}`,
      ring: ringed(active),
      onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
  expect.soft(focus, focus.what).toMatchObject({ ring: true, onScreen: true });
}
