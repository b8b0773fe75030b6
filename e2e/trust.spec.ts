import type { Page } from "@playwright/test";
import { AppPage } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import { tinyPdf } from "./support/tiny-pdf.ts";

/** What a stranger's document may not do, and what a second tab must see. */

const SCRIPT = `globalThis.pwned = 1`;
const NAME = `<img src=x onerror="${SCRIPT}">🚣🏽‍♀️\u202Efdp.pdf`;
const TITLE = `<svg onload="${SCRIPT}">`;
const TEXT = [
  `<script>${SCRIPT}</script> The pump is cleaned with vinegar.`,
  `<img src=x onerror="${SCRIPT}"><iframe src="javascript:${SCRIPT}"></iframe>`,
  `&lt;b&gt; {{7*7}} \${7*7} <mark>pump</mark> <a href="javascript:${SCRIPT}">vinegar</a>`,
].join("\n");

test("X1 markup in a file's name, title, text and in the question is shown as text and does nothing", async ({
  page,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const app = await new AppPage(page).open();
  const buffer = tinyPdf({ pages: [TEXT], title: TITLE });
  await app.fileInput.setInputFiles([
    { name: NAME, mimeType: "application/pdf", buffer },
    { name: `<b>empty</b>.pdf`, mimeType: "application/pdf", buffer: Buffer.alloc(0) },
    { name: `<i>twin</i>.pdf`, mimeType: "application/pdf", buffer },
  ]);
  await app.settled();
  await expect(app.library.locator("[data-state=ready]")).toContainText(NAME);
  await expect(app.library.locator("[data-state=failed]")).toContainText("<b>empty</b>.pdf");
  await expect(page.getByRole("status").filter({ hasText: "<i>twin</i>.pdf is the same file" })).toContainText(NAME);

  await app.ask(`What cleans the pump? <img src=x onerror="${SCRIPT}"> <script> vinegar iframe`);
  await expect(app.after).toContainText(`<script>${SCRIPT}</script>`);
  await expect(app.after).toContainText(`<mark>pump</mark>`);
  await app.after.locator("[data-row-button]").first().click();
  await expect(page.locator("[data-mark=chosen]").first()).toBeVisible();
  await app.after.locator("[data-row-details]").first().click();
  await expect(app.after).toContainText(`{{7*7}} \${7*7}`);
  await app
    .document(NAME)
    .getByRole("button", { name: /Remove/ })
    .click();
  await expect(page.getByRole("dialog")).toContainText(NAME);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

  // Only our own elements: an icon is an svg without an address, and nothing frames or links to the stranger's.
  const foreign = `img, iframe, object, embed, [onerror], [onload], a[href^="javascript:"], body script, #root b, #root i`;
  await expect(page.locator(foreign)).toHaveCount(0);
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(dialogs).toEqual([]);
});

test("T1 what one tab adds, the other finds; what one deletes, the other loses", async ({ page, context }) => {
  const first = await new AppPage(page).open();
  const second = await new AppPage(await context.newPage()).open();
  await add(first, "pump.pdf", "The pump is cleaned with vinegar.");
  await add(second, "boat.pdf", "The boat house is painted green every spring.");
  for (const tab of [first, second]) {
    await expect(tab.library.locator("[data-state=ready]")).toHaveCount(2);
    await tab.ask("What is the boat house painted, what cleans the pump?");
    expect((await tab.rows(tab.before)).map(({ document }) => document).toSorted()).toEqual(await idsOf(tab.page));
  }

  await first
    .document("boat.pdf")
    .getByRole("button", { name: /Remove/ })
    .click();
  await first.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  for (const tab of [first, second]) {
    await expect(tab.library.getByRole("listitem")).toHaveCount(1);
    // The shown result follows by itself: nobody asks again.
    await expect(tab.before.getByRole("listitem")).toHaveCount(1);
    await tab.ask("What cleans the pump?");
    expect((await tab.rows(tab.after)).map(({ document }) => document)).toEqual(await idsOf(tab.page));
  }

  await second.page.getByLabel("Library menu").click();
  await second.page.getByRole("button", { name: "Delete everything" }).click();
  await second.page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  for (const tab of [first, second]) {
    await expect(tab.page.getByRole("button", { name: "Try the sample library" })).toBeVisible();
  }
});

test("T2 the browser refuses storage: said in words, with a way out", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  });
  await page.goto("./");
  const said = page.getByRole("alert").filter({ hasText: "Second Look cannot start" });
  await expect(said).toContainText(/storage for this site did not answer/);
  await expect(said).toContainText(/private window/);
  await expect(said.getByRole("button", { name: "Reload" })).toBeVisible();
  await expect(page.locator("#root")).toHaveAttribute("data-app-state", "error");
  await expect(page.getByRole("alert")).toHaveCount(1);
});

async function add(app: AppPage, name: string, text: string): Promise<void> {
  const buffer = tinyPdf({ pages: [text] });
  await app.fileInput.setInputFiles({ name, mimeType: "application/pdf", buffer });
  await expect(app.document(name)).toBeVisible();
  await app.settled();
  await expect(app.document(name)).toHaveAttribute("data-state", "ready");
}

async function idsOf(page: Page): Promise<string[]> {
  const rows = page.getByRole("list", { name: "Library" }).getByRole("listitem");
  return (
    await rows.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset["documentId"]!))
  ).toSorted();
}
