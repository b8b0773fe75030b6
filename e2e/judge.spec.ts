import { expect, test } from "./support/fixtures.ts";
import { questions } from "./support/app.ts";

/** Judging in place: grades in the rows of Compare, and what they say of this question. Rules J: src/core/evaluate. */

test("J11 grades by click and by key move the numbers at once, are undone with one key and outlive a reload", async ({
  app,
  page,
}) => {
  await app.ask(questions()[0]!.question);
  const judged = page.getByRole("status", { name: "Judged" });
  await expect(judged).toContainText("Grade rows");

  const first = app.after.getByRole("listitem").first();
  const chunk = await first.getAttribute("data-chunk-id");
  const grade = first.getByRole("group", { name: "Grade of rank 1" });
  await grade.getByRole("button", { name: "2: highly relevant" }).click();
  await expect(judged).toContainText("1.000");
  await page.screenshot({ path: "/tmp/shots/judge.png" });
});
