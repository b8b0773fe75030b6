import { AppPage, questions, sampleIndex } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";

/** The main job on the built site, with the real models and the sample library. */

test("E1 first screen, samples, a question, two lists, every score, the verdict @mobile", async ({ page }, info) => {
  const app = await new AppPage(page).open();
  await expect(page.getByText(/nothing leaves this browser/i).first()).toBeVisible();
  await expect(app.fileInput).toBeAttached();
  await app.addSamples();
  await expect(app.library.locator("[data-state=ready]")).toHaveCount(sampleIndex().length);
  const mobile = info.project.name === "mobile";
  if (mobile) await app.libraryButton.click();
  await app.ask(questions()[0]!.question);

  if (mobile) {
    // One list at a time, what re-ranking made of it first.
    await expect(app.verdict).toContainText(/top 5/);
    await expect(app.after).toBeVisible();
    const after = await app.rows(app.after);
    expect(after.slice(0, 5).map((row) => row.rank)).toEqual([1, 2, 3, 4, 5]);
    await page.getByRole("button", { name: "Before", exact: true }).click();
    await expect(app.before).toBeVisible();
    await expect(app.after).toBeHidden();
  } else {
    const [before, after] = [await app.rows(app.before), await app.rows(app.after)];
    expect(before.slice(0, 5).map((row) => row.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(after.slice(0, 5).map((row) => row.rank)).toEqual([1, 2, 3, 4, 5]);
    const scores = after.slice(0, 5).map((row) => row.score ?? Number.NaN);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every(Number.isFinite)).toBe(true);
    const fused = before.slice(0, 5).map((row) => row.score ?? Number.NaN);
    expect(fused).toEqual(fused.toSorted((a, b) => b - a));
    for (const row of after) {
      expect(row.chunk).toMatch(/^[0-9a-f]{16}:\d+$/);
      expect(row.document).toMatch(/^[0-9a-f]{64}$/);
      expect(row.page).toMatch(/^\d+$/);
      const twin = before.find(({ chunk }) => chunk === row.chunk);
      if (twin) expect(row.delta).toBe(twin.rank - row.rank);
    }
    await expect(app.verdict).toContainText(/top 5/);
    await expect(page.getByText(/Kendall τ/)).toBeVisible();
    await expect(page.getByText(/re-ranking 30 of 30/)).toBeVisible();
    expect(await app.after.locator("mark").count()).toBeGreaterThan(0);
  }
});

test("E2 changed settings recompute only what must be; the preset of the article", async ({ app, page }) => {
  await app.ask(questions()[1]!.question);
  await app.set("Pool size", 40);
  await expect(page.getByText(/re-ranking 40 of 40/)).toBeVisible();
  await expect(page.getByText(/30 reused/)).toBeVisible();
  await app.set("Show top", 3);
  await expect(page.getByText(/40 reused/)).toBeVisible();
  await expect(app.verdict).toContainText(/top 3/);

  await page.getByRole("button", { name: "As in the article" }).click();
  await app.ready();
  await expect(page.getByLabel("Retrieval", { exact: true })).toHaveValue("dense");
  await expect(page.getByLabel("Pool size", { exact: true })).toHaveValue("3");
  const [before, after] = [await app.rows(app.before), await app.rows(app.after)];
  expect(before).toHaveLength(3);
  expect(after.map(({ chunk }) => chunk).toSorted()).toEqual(before.map(({ chunk }) => chunk).toSorted());
  for (const row of before) expect(Math.abs(row.score ?? 9)).toBeLessThanOrEqual(1);
  expect(page.url()).toContain("retrieval=dense");
  expect(decodeURIComponent(page.url())).not.toContain(questions()[1]!.question.split(" ")[1]!);
});

test("E3 voy gives the same dense list as the exact index; keyword and dense differ", async ({ app }) => {
  await app.set("Retrieval", "dense");
  await app.ask(questions()[2]!.question);
  const exact = await app.rows(app.before);
  await app.set("Vector index", "voy");
  const voy = await app.rows(app.before);
  expect(voy.map(({ chunk }) => chunk)).toEqual(exact.map(({ chunk }) => chunk));
  await app.set("Retrieval", "keyword");
  const keyword = await app.rows(app.before);
  expect(keyword[0]!.score).toBeGreaterThan(1);
});

test("E4 the re-ranker off: the order before, and said so", async ({ app, page }) => {
  await app.set("Re-ranker", "off");
  await app.ask(questions()[0]!.question);
  await expect(page.getByText(/re-ranking is off|re-ranker is off/i).first()).toBeVisible();
});

test("E5 asking only one document returns nothing of the others", async ({ app }) => {
  const question = questions()[0]!;
  await app.ask(question.question);
  const row = app.document(question.document);
  const id = await row.getAttribute("data-document-id");
  await row.getByRole("button", { name: /only/i }).click();
  await app.ready();
  const documents = new Set((await app.rows(app.before)).map(({ document }) => document));
  expect([...documents]).toEqual([id]);
});

test("E6 the library is there after a reload; one document goes, then everything", async ({ app, page }) => {
  await page.reload();
  await app.ready();
  const names = sampleIndex().map(({ file }) => file);
  await expect(app.library.getByRole("listitem")).toHaveCount(names.length);
  await app.ask(questions()[0]!.question);

  await app
    .document(names[0]!)
    .getByRole("button", { name: /remove|delete/i })
    .click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /remove|delete/i })
    .click();
  await expect(app.library.getByRole("listitem")).toHaveCount(names.length - 1);
  await page.reload();
  await app.ready();
  await expect(app.library.getByRole("listitem")).toHaveCount(names.length - 1);

  await app.menu("Delete everything");
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("button", { name: "Try the sample library" })).toBeVisible();
  await page.reload();
  await app.ready();
  await expect(page.getByRole("button", { name: "Try the sample library" })).toBeVisible();
  await expect(app.library).toHaveCount(0);
});
