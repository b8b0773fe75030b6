import { EvaluatePage } from "./support/evaluate.ts";
import { expect, test } from "./support/fixtures.ts";

/** Libraries beside the person's own: an imported corpus is one. */

const DOCUMENTS = 400;

test("B5 a corpus of hundreds of documents is a library: listed in view only, asked, left, found again, deleted", async ({
  app,
  page,
}) => {
  const lines = (make: (at: number) => object): string =>
    Array.from({ length: DOCUMENTS }, (_, at) => JSON.stringify(make(at))).join("\n");
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  await evaluate.import([
    file(
      "corpus.jsonl",
      lines((at) => ({ _id: `d${at}`, title: "", text: `The lighthouse number ${at} was painted in ${1500 + at}.` })),
    ),
    file(
      "queries.jsonl",
      lines((at) => ({ _id: `q${at}`, text: `Which lighthouse was painted in ${1500 + at}?` })),
    ),
    file("lights.tsv", `query-id\tcorpus-id\tscore\n${lines((at) => [at]).replaceAll(/\[(\d+)\]/g, "q$1\td$1\t1")}\n`),
  ]);
  await page.getByRole("button", { name: "Open the library lights" }).click({ timeout: 60_000 });
  const libraries = page.getByRole("combobox", { name: "Library in use" });
  await expect(libraries).toHaveValue("lights");
  await app.ready();

  // The heading counts all of them; the page holds those in view, which say which of how many they are.
  await expect(page.getByRole("heading", { name: `Library ${DOCUMENTS}` })).toBeVisible();
  const rows = app.library.getByRole("listitem");
  await expect(rows.first()).toHaveAttribute("aria-setsize", String(DOCUMENTS));
  expect(await rows.count()).toBeLessThan(60);
  await app.library.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(app.library.locator(`[aria-posinset="${DOCUMENTS}"]`)).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);

  await app.ask("Which lighthouse was painted in 1777?");
  await expect(app.after.getByRole("listitem").first()).toContainText("lighthouse number 277");

  // Away and back: each library has its own documents; the choice outlives a visit.
  await libraries.selectOption("My documents");
  await expect(app.library.getByText("pump-manual.pdf")).toBeVisible();
  await app.ready();
  await libraries.selectOption("lights");
  await expect(page.getByRole("heading", { name: `Library ${DOCUMENTS}` })).toBeVisible();
  await page.reload();
  await app.ready();
  await expect(libraries).toHaveValue("lights");

  await page.getByLabel("Library menu").click();
  await page.getByRole("button", { name: "Delete this library" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete this library" }).click();
  await expect(app.library.getByText("pump-manual.pdf")).toBeVisible();
  await app.ready();
  await expect(libraries).toHaveCount(0);
  const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
  expect(left.filter((name) => name.includes("lights"))).toEqual([]);
});
