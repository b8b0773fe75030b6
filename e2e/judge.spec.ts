import type { Locator } from "@playwright/test";
import { axe } from "./support/axe.ts";
import { AppPage, questions } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";

/** Judging in place: grades in the rows of Compare, and what they say of this question. */

const metric = async (judged: Locator, name: string): Promise<string[]> =>
  judged.locator("span", { hasText: name }).first().locator("b").allTextContents();

test("J15 grades travel with the exported library, and never overwrite those that are there", async ({
  app,
  page,
  freshPage,
}, info) => {
  const { question } = questions()[0]!;
  await app.ask(question);
  const judged = page.getByRole("status", { name: "Judged" });
  const row = app.before.getByRole("listitem").first();
  await row.getByRole("button", { name: "2: highly relevant" }).click();
  await expect(judged).toContainText("1 passage graded, 1 relevant");
  const exported = info.outputPath("graded.secondlook");
  await app.exportTo(exported);

  const fresh = await new AppPage(await freshPage()).open();
  await fresh.importLibrary(exported);
  await fresh.ask(question);
  const there = fresh.page.getByRole("status", { name: "Judged" });
  await expect(there).toContainText("1 passage graded, 1 relevant");

  // Another grade here; the file comes in once more and does not take it away.
  await row.getByRole("button", { name: "0: not relevant" }).click();
  await expect(judged).toContainText("1 passage graded, 0 relevant");
  await app.importLibrary(exported);
  await page.reload();
  await app.ready();
  await app.ask(question);
  await expect(judged).toContainText("1 passage graded, 0 relevant");
});

test("J11 grades by click and by key move the numbers at once, are undone with one key and outlive a reload", async ({
  app,
  page,
}) => {
  const { question } = questions()[0]!;
  await app.ask(question);
  const judged = page.getByRole("status", { name: "Judged" });
  await expect(judged).toContainText("Grade rows");

  // The third row before: whatever its rank after, both reciprocal ranks are read off the lists.
  const row = app.before.getByRole("listitem").nth(2);
  const chunk = await row.getAttribute("data-chunk-id");
  const twin = app.after.locator(`[data-chunk-id="${chunk}"]`);
  await row.getByRole("group", { name: "Grade of rank 3" }).getByRole("button", { name: "1: relevant" }).click();
  await page
    .getByRole("button", { name: /Show all/ })
    .first()
    .click();
  const rank = Number(await twin.getAttribute("data-rank"));
  expect(await metric(judged, "RR")).toEqual([(1 / 3).toFixed(3), (1 / rank).toFixed(3)]);
  await expect(twin.getByRole("button", { name: "1: relevant" })).toHaveAttribute("aria-pressed", "true");

  // By key on the first row after; the same key again takes it back.
  await app.after
    .getByRole("listitem")
    .first()
    .getByRole("button", { name: /^Rank 1, .*open page/ })
    .focus();
  await page.keyboard.press("2");
  await expect.poll(() => metric(judged, "RR")).toContain("1.000");
  await expect(judged).toContainText("2 passages graded, 2 relevant");
  await page.keyboard.press("2");
  await expect(judged).toContainText("1 passage graded, 1 relevant");
  await page.keyboard.press("0");
  await expect(judged).toContainText("2 passages graded, 1 relevant");
  await page.keyboard.press("u");
  await expect(judged).toContainText("1 passage graded, 1 relevant");

  // Another question has no grades; this one has its own again, also in the next visit.
  await app.ask(questions()[1]!.question);
  await expect(judged).toContainText("Grade rows");
  await page.reload();
  await app.ready();
  await app.ask(question);
  await expect(judged).toContainText("1 passage graded, 1 relevant");
  expect(await metric(judged, "RR")).toEqual([(1 / 3).toFixed(3), (1 / rank).toFixed(3)]);
  // Nothing of this visit to undo.
  await expect(page.getByRole("button", { name: "Undo grade" })).toHaveCount(0);

  const { violations } = await axe(page).analyze();
  expect(violations).toEqual([]);
});
