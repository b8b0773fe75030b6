import { type AppPage, questions, type Question, type Row } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";

/**
 * The sample questions with known answers, on the real models. A chunk is right when it is of the right document
 * and holds the answer, white space collapsed.
 */
const collapse = (text: string): string => text.replaceAll(/\s+/g, " ");

function rankOfAnswer(rows: readonly Row[], texts: ReadonlyMap<string, string>, question: Question): number | null {
  const wanted = collapse(question.answer);
  const at = rows.findIndex(({ chunk }) => collapse(texts.get(chunk) ?? "").includes(wanted));
  return at < 0 ? null : rows[at]!.rank;
}

test.use({ startAt: "./#retrieval=dense&top=30" });

test("Q1 at least 15 of 20 answers in the top 3 after re-ranking; after beats before in MRR on dense retrieval", async ({
  app,
  page,
}) => {
  test.setTimeout(400_000);
  const texts = await chunkTexts(page);
  const all = questions();
  expect(all).toHaveLength(20);
  const dense = await measure(app, "dense", all, texts);
  // Logits are cached: only chunks that dense retrieval did not find are scored again.
  await app.set("Retrieval", "fused");
  await measure(app, "fused", all, texts);
  if (process.env["SKIP_CORPUS"] === undefined) {
    await app.set("Retrieval", "keyword");
    await measure(app, "keyword", all, texts);
  }
  expect(dense.top3).toBeGreaterThanOrEqual(15);
  expect(dense.after).toBeGreaterThan(dense.before);
});

/** Asks every question; the whole pool stands on top, so that both lists hold all of it. */
async function measure(app: AppPage, mode: string, all: readonly Question[], texts: ReadonlyMap<string, string>) {
  const lines: string[] = [];
  const sum = { before: 0, after: 0 };
  let top3 = 0;
  let first = 0;
  for (const question of all) {
    await app.ask(question.question);
    const lists = { before: await app.rows(app.before), after: await app.rows(app.after) };
    // R1: re-ranking moves, it neither loses nor invents.
    expect(ids(lists.after), `${mode} ${question.id}`).toEqual(ids(lists.before));
    const before = rankOfAnswer(lists.before, texts, question);
    const after = rankOfAnswer(lists.after, texts, question);
    sum.before += before === null ? 0 : 1 / before;
    sum.after += after === null ? 0 : 1 / after;
    if (after !== null && after <= 3) top3 += 1;
    if (after === 1) first += 1;
    lines.push(
      `${question.id} ${mode} before ${before ?? "-"} after ${after ?? "-"} of ${lists.before.length}  ${question.question}`,
    );
  }
  const [before, after] = [sum.before / all.length, sum.after / all.length];
  console.log(lines.join("\n"));
  console.log(
    `${mode}: first ${first}, top 3 ${top3} of ${all.length} after re-ranking; MRR ${before.toFixed(3)} → ${after.toFixed(3)}`,
  );
  return { top3, before, after };
}

function ids(rows: readonly Row[]): string[] {
  return rows.map(({ chunk }) => chunk).toSorted();
}

/** Chunk texts by id, read where the app keeps them: the rows show an excerpt. */
async function chunkTexts(page: AppPage["page"]): Promise<Map<string, string>> {
  const rows = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error));
      });
    const database = await settled(indexedDB.open("second-look"));
    const contents = database.transaction("contents").objectStore("contents");
    const ids = (await settled(contents.getAllKeys())) as string[];
    const values = (await settled(contents.getAll())) as { chunks: { texts: string[] } }[];
    database.close();
    return ids.flatMap((id, d) =>
      values[d]!.chunks.texts.map((text, ordinal): [string, string] => [`${id.slice(0, 16)}:${ordinal}`, text]),
    );
  });
  return new Map(rows);
}
