import type { Page } from "@playwright/test";
import { beirOfSamples } from "./support/beir.ts";
import { cutRun, EvaluatePage } from "./support/evaluate.ts";
import { axe } from "./support/axe.ts";
import { expect, test } from "./support/fixtures.ts";
import { trecScore } from "./support/trec-score.ts";

/** Does re-ranking help, in numbers: the whole story on the built site, with the real models. */

test("EV1 a set from the documents, run, read, a question opened in Compare, the report there after a reload", async ({
  app,
  page,
}) => {
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  expect(page.url()).toContain("view=evaluate");
  await evaluate.makeSet(20);
  await expect(evaluate.sets).toContainText(/smoke test/i);
  await expect(evaluate.settings.getByRole("status", { name: "Cost" })).toContainText(
    /20 questions × 2 rows: up to 400 pairs.*unknown until the first run/,
  );
  await evaluate.run();

  const numbers = await evaluate.numbers();
  expect([...numbers.keys()]).toEqual(["fused bundled off 20", "fused bundled bundled 20"]);
  for (const [, values] of numbers) {
    for (const metric of ["hit", "mrr", "ndcg", "recall", "map"]) {
      expect(values.get(metric)).toBeGreaterThanOrEqual(0);
      expect(values.get(metric)).toBeLessThanOrEqual(1);
    }
    expect(values.get("latency")).toBeGreaterThan(0);
  }
  await expect(evaluate.recommendation).toContainText(/nDCG/);
  await expect(page.locator("[data-ceiling]")).toContainText(/A pool of 20 holds an answer for \d+ of 20 questions/);
  await expect(evaluate.gains.getByRole("listitem")).toHaveCount(20);

  // All pairs are known now.
  await expect(evaluate.settings.getByRole("status", { name: "Cost" })).toContainText(/known already/);
  await page.getByLabel("Cut at k").selectOption("5");
  await expect(evaluate.table).toContainText("nDCG@5");

  const question = evaluate.gains.getByRole("listitem").first();
  const text = (await question.locator("span").first().textContent()) ?? "";
  // By its words: the list is counted anew for the other k, and may change its order meanwhile.
  await evaluate.gains.getByRole("listitem").filter({ hasText: text }).getByRole("button").click();
  await expect(app.query).toHaveValue(text);
  await app.ready();
  await expect(page.getByLabel("Pool size", { exact: true })).toHaveValue("20");
  await expect(page.getByText(/re-ranking 20 of 20/)).toBeVisible();
  await page.goBack();
  await expect(evaluate.table).toBeVisible();

  await page.reload();
  await app.ready();
  await expect(evaluate.table).toBeVisible();
  await page.getByLabel("Cut at k").selectOption("10");
  await expect(evaluate.table).toContainText("nDCG@10");
  expect(await evaluate.numbers()).toEqual(numbers);
});

test("EV2 exported runs and judgements, scored by another program, agree to four decimals", async ({ app, page }) => {
  await app.ready();
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  await evaluate.makeSet(30, 7);
  await evaluate.run();
  const qrels = await evaluate.export(/TREC qrels/);
  for (const k of [3, 10]) {
    await page.getByLabel("Cut at k").selectOption(String(k));
    await expect(evaluate.table).toContainText(`nDCG@${k}`);
    const numbers = await evaluate.numbers();
    for (const [cell, values] of numbers) {
      const run = await evaluate.export(/Run of this row/, cell);
      const scored = trecScore(cutRun(run.text, k), qrels.text).get("all");
      const theirs = {
        hit: scored?.get(`success_${k}`),
        mrr: scored?.get("recip_rank"),
        ndcg: scored?.get(`ndcg_cut_${k}`),
        recall: scored?.get(`recall_${k}`),
        map: scored?.get("map"),
      };
      for (const [metric, value] of Object.entries(theirs))
        expect(values.get(metric)?.toFixed(4), `${cell} ${metric}@${k}`).toBe(value?.toFixed(4));
    }
  }
  const csv = await evaluate.export(/Table \(CSV\)/);
  expect(csv.text.split("\n")[0]).toContain("ndcg@10");
  const markdown = await evaluate.export(/Table \(Markdown\)/);
  expect(markdown.text).toContain("| ndcg@10 |");
  const json = await evaluate.export(/Everything \(JSON\)/);
  expect(JSON.parse(json.text)).toMatchObject({ format: "second-look-proof" });
});

test("EV3 a run is stopped, is there after a reload, and goes on where it was", async ({ app, page }) => {
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  await evaluate.makeSet(60, 3);
  await evaluate.settings.getByLabel("50", { exact: true }).check();
  await evaluate.settings.getByRole("button", { name: "Run", exact: true }).click();
  await expect(evaluate.progress).toBeVisible();
  await expect(evaluate.settings.getByText(/Running: [1-9]\d* of 60 questions/)).toBeVisible({ timeout: 60_000 });
  await evaluate.settings.getByRole("button", { name: "Stop" }).click();
  await expect(evaluate.settings.getByRole("button", { name: "Resume" })).toBeVisible();
  await expect(page.getByText(/\d+ of 60 questions so far/)).toBeVisible();

  await page.reload();
  await app.ready();
  await expect(page.getByText(/\d+ of 60 questions so far/)).toBeVisible();
  const cost = evaluate.settings.getByRole("status", { name: "Cost" });
  await expect(cost).toContainText(/are known already.*measured \d+ pairs a second/);
  await evaluate.run(100_000);
  await expect(page.getByText(/so far/)).toHaveCount(0);
  await expect(evaluate.settings.getByRole("status", { name: "Cost" })).toContainText(/all [\d,]+ pairs are known/);
});

test("EV4 a proof bundle goes out, opens without the app, and comes in again with its tables", async ({
  app,
  page,
}) => {
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  await evaluate.makeSet(12);
  await evaluate.run();
  const numbers = await evaluate.numbers();
  const bundle = await evaluate.export(/Proof bundle/);
  expect(bundle.name).toMatch(/\.proof\.html$/);

  const alone = await page.context().newPage();
  await alone.setContent(bundle.text);
  await expect(alone.getByRole("heading", { level: 1 })).toContainText("before and after re-ranking");
  await alone.close();

  await page.getByRole("button", { name: /^Delete From the documents/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(evaluate.table).toHaveCount(0);
  const file = { name: bundle.name, mimeType: "text/html", buffer: Buffer.from(bundle.text) };
  await evaluate.import([file]);
  await expect(evaluate.table).toBeVisible();
  await expect(page.getByText(/read from a proof bundle/)).toBeVisible();
  expect(await evaluate.numbers()).toEqual(numbers);

  const damaged = Buffer.from(bundle.text.replace('"finished":true', '"finished":false'));
  await evaluate.import([{ ...file, buffer: damaged }]);
  await expect(page.getByRole("alert").locator("[data-error-code=PROOF_DAMAGED]")).toBeVisible();
  await app.ready();
});

test("EV5 a BEIR set becomes a library of its own; what was skipped is said with file and line", async ({
  app,
  page,
}) => {
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  const beir = beirOfSamples(220);
  await evaluate.import(beir.files);
  const report = evaluate.sets.getByRole("status", { name: "Import report" });
  await expect(report).toContainText(`${beir.questions} questions`, { timeout: 60_000 });
  await evaluate.sets.getByText(/1 skipped: not in the form that was expected/).click();
  await expect(evaluate.sets.getByText(new RegExp(`corpus\\.jsonl, line ${beir.brokenLine}`))).toBeVisible();
  await evaluate.sets.getByRole("button", { name: /^Open the library/ }).click({ timeout: 90_000 });
  await app.ready();
  await evaluate.open();
  await expect(evaluate.sets.getByText(`${beir.questions} questions`)).toBeVisible();
  await expect(evaluate.sets).toContainText("ranks documents");
  await evaluate.run(100_000);
  const numbers = await evaluate.numbers();
  // Each question is a sentence of its document: whoever cannot find most of them is broken.
  expect(numbers.get("fused bundled off 20")?.get("hit")).toBeGreaterThan(0.8);
});

test("EV6 a set from CSV: what names nothing in the library is listed by line, an export is read again", async ({
  app,
  page,
}) => {
  await app.ready();
  const evaluate = new EvaluatePage(page);
  await evaluate.open();
  const csv = "question,document,page,grade\nWho pumps?,pump-manual.pdf,2,1\nWho?,nobody.pdf,1,1\n";
  await evaluate.import([{ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(csv) }]);
  await evaluate.sets.getByText("1 not found in this library").click();
  await expect(evaluate.sets.getByText(/mine\.csv, line 3: nobody\.pdf, no document/)).toBeVisible();
  await expect(evaluate.sets.getByText("1 question · imported · ranks pages")).toBeVisible();
  const download = page.waitForEvent("download");
  await evaluate.sets.getByRole("button", { name: "Export mine" }).click();
  const saved = await (await download).path();
  await page.getByLabel("Question sets to import").setInputFiles(saved);
  await expect(evaluate.sets.getByText("1 question · imported · ranks pages")).toHaveCount(2);
});

test("EV7 by keyboard alone, and no axe violations in light, dark and 390 px", async ({ app, page }) => {
  await app.ready();
  await page.keyboard.press("e");
  const evaluate = new EvaluatePage(page);
  await expect(evaluate.sets).toBeVisible();
  await violations(page, "nothing yet");
  await tabTo(page, "Make from the documents");
  await page.keyboard.press("Enter");
  await violations(page, "making a set");
  await tabTo(page, "Number of questions");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("10");
  await tabTo(page, "Make questions");
  await page.keyboard.press("Enter");
  await expect(evaluate.sets.getByText("10 questions")).toBeVisible({ timeout: 30_000 });
  await tabTo(page, "Run");
  await page.keyboard.press("Enter");
  await expect(evaluate.table).toBeVisible({ timeout: 60_000 });
  await expect(evaluate.recommendation).not.toBeEmpty();
  await violations(page, "results");
  await tabTo(page, "Export");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Table \(CSV\)/ })).toBeVisible();
  await violations(page, "export menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Look at/ }).press("Enter");
  await expect(page.getByLabel("Question 1", { exact: true })).toBeVisible();
  await violations(page, "questions of a set");
  await page.getByLabel("Question 1", { exact: true }).fill("what is kept as it is written here");
  await page.getByRole("button", { name: "Delete question 2" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(evaluate.sets.getByText("9 questions")).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await violations(page, "results, dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await violations(page, "results, dark, 390 px");
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.keyboard.press("/");
  await expect(app.query).toBeFocused();
  await page.goBack();
  await expect(evaluate.sets).toBeVisible();
});

async function violations(page: Page, state: string): Promise<void> {
  const { violations: found } = await axe(page).analyze();
  const told = found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
  expect.soft(told, state).toEqual([]);
}

/** Tab, until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const active = document.activeElement;
      const label = active instanceof HTMLInputElement ? active.labels?.[0] : active;
      return label?.textContent?.trim() ?? "";
    });
    if (focused === name) return;
  }
  throw new Error(`60 times Tab did not get to ${name}`);
}
