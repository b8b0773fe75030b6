import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../model.ts";
import { writeBeir, writeBeirCorpus } from "./beir-write.ts";
import { writeCsvSet } from "./csv-set-write.ts";
import { all, fileOf, NEVER } from "./files.fixture.ts";
import { ImportLog } from "./import-log.ts";
import type { ImportedQuestion } from "./imported.ts";
import { writeLlamaIndex } from "./llama-index.ts";
import { readQuestionSet } from "./read-set.ts";
import { tableCsv, tableMarkdown, type TableRow } from "./table.ts";
import { decodeTrecId, encodeTrecId } from "./trec-ids.ts";
import { readTrecRun } from "./trec-run.ts";
import { externalNames, writeTrecQrels, writeTrecRun, writeTrecTopics } from "./trec-write.ts";

/** Ids as people and other tools make them: file names with spaces, slashes, per cents, any script. */
const anyId = fc.oneof(
  fc.constantFrom("a b.pdf", "100%", "%20", "a\tb", "x\u00a0y", "ü/ß", "文档 1", "__proto__", "%", "#", "Q0"),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .filter((id) => id.trim() !== "" && !id.includes("\uFFFD")),
);
const plainId = anyId.filter((id) => id === id.trim() && !/[\t\r\n]/.test(id));
const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .map((text) => `w ${text.replaceAll("\uFFFD", "")} w`);
const line = words.map((text) => text.replaceAll(/\s+/g, " "));
const grade = fc.integer({ min: -2, max: 3 });

interface Drawn {
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly targets: readonly { readonly document: string; readonly grade: number }[];
  }[];
  readonly documents: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}
const drawnSet = (id: fc.Arbitrary<string>, text: fc.Arbitrary<string>): fc.Arbitrary<Drawn> =>
  fc
    .uniqueArray(fc.record({ id, title: words, text: words }), {
      selector: (one) => one.id,
      minLength: 1,
      maxLength: 5,
    })
    .chain((documents) => {
      const target = fc.record({ document: fc.constantFrom(...documents.map((one) => one.id)), grade });
      const targets = fc.uniqueArray(target, { selector: (one) => one.document, minLength: 1, maxLength: 3 });
      return fc.record({
        documents: fc.constant(documents),
        questions: fc.uniqueArray(fc.record({ id, text, targets }), {
          selector: (one) => one.id,
          minLength: 1,
          maxLength: 4,
        }),
      });
    });
const bare = (questions: readonly ImportedQuestion[]): Drawn["questions"] =>
  questions.map(({ id, text, targets }) => ({
    id,
    text,
    targets: targets.map((one) => ({ document: one.document!, grade: one.grade })),
  }));

test("W4 an id survives TREC's columns, whatever it holds", () => {
  fc.assert(
    fc.property(fc.oneof(anyId, fc.constant(""), fc.string({ unit: "grapheme" })), (id) => {
      expect(encodeTrecId(id)).toMatch(/^[^\s]+$/u);
      expect(decodeTrecId(encodeTrecId(id))).toBe(id);
    }),
    { seed: 9, numRuns: 1000 },
  );
  expect(["my file.pdf", "#1", "a#1"].map(encodeTrecId)).toEqual(["my%20file.pdf", "%231", "a#1"]);
  expect(["FR940104-0-00001", "a%2", "50%-off", "%E0%A4%A"].map(decodeTrecId)).toEqual([
    "FR940104-0-00001",
    "a%2",
    "50%-off",
    "%E0%A4%A",
  ]);
});

test("W3 a run: scores fall strictly, and it reads back in the same order", async () => {
  const outcome = fc.record({ questionId: anyId, items: fc.uniqueArray(anyId, { maxLength: 12 }) });
  const outcomes = fc.uniqueArray(outcome, { selector: (one) => one.questionId, minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(outcomes, async (drawn) => {
      const written = writeTrecRun(drawn as unknown as Outcome[], "fused bge off 30");
      const log = new ImportLog();
      const run = await readTrecRun(fileOf("run", written), log);
      const filled = drawn.filter((one) => one.items.length > 0);
      if (filled.length > 0) expect(run.tag).toBe("fused bge off 30");
      expect([...run.lists].map(([questionId, list]) => ({ questionId, items: list.map((one) => one.item) }))).toEqual(
        filled,
      );
      for (const list of run.lists.values())
        expect(list.every(({ score }, i) => i === 0 || score < list[i - 1]!.score)).toBe(true);
      expect(log.report({ questions: 0, judgements: 0, documents: 0 }).counts).toEqual({});
    }),
    { seed: 10 },
  );
  expect(writeTrecRun([{ questionId: "q 1", items: ["b", "a"] }] as unknown as Outcome[], "t g")).toBe(
    "q%201 Q0 b 1 1 t%20g\nq%201 Q0 a 2 0 t%20g\n",
  );
});

test("a run of another tool is read by its scores; ties by name, descending, as trec_eval does", async () => {
  const log = new ImportLog();
  const text = "1 Q0 a 1 0.5 x\n1 Q0 c 2 0.5 x\n1 Q0 b 3 0.9 x\n1 Q0 b 4 0.1 x\nbroken\n";
  const run = await readTrecRun(fileOf("run", text), log);
  expect(run.lists.get("1")!.map(({ item }) => item)).toEqual(["b", "c", "a"]);
  expect(log.report({ questions: 0, judgements: 0, documents: 0 }).counts).toEqual({
    "judgement-duplicate": 1,
    "line-malformed": 1,
  });
});

test("TREC topics and qrels are read again as they were", async () => {
  await fc.assert(
    fc.asyncProperty(drawnSet(anyId, line), async ({ questions }) => {
      const grades = new Map(
        questions.map(({ id, targets }) => [id, new Map(targets.map((one) => [one.document, one.grade]))]),
      );
      const files = [fileOf("topics.tsv", writeTrecTopics(questions)), fileOf("x.qrels", writeTrecQrels(grades))];
      expect(bare((await readQuestionSet(files, NEVER)).questions)).toEqual(questions);
    }),
    { seed: 11 },
  );
});

test("a BEIR folder is read again as it was", async () => {
  await fc.assert(
    fc.asyncProperty(drawnSet(plainId, words), async ({ questions, documents }) => {
      const corpus = fileOf("s/corpus.jsonl", (await all(writeBeirCorpus(documents))).join(""));
      const files = writeBeir(questions).map(({ path, text }) => fileOf(`s/${path}`, text));
      const set = await readQuestionSet([corpus, ...files], NEVER);
      expect(set.format).toBe("beir");
      expect(bare(set.questions)).toEqual(questions);
      expect(await all(set.corpus!.read())).toEqual(documents);
      expect(Object.keys(set.report.counts).filter((reason) => reason !== "grade-negative")).toEqual([]);
    }),
    { seed: 12 },
  );
});

test("a LlamaIndex dataset is read again as it was, with the original's keys", async () => {
  await fc.assert(
    fc.asyncProperty(drawnSet(anyId, words), async ({ questions, documents }) => {
      const text = writeLlamaIndex({
        queries: Object.fromEntries(questions.map((one) => [one.id, one.text])),
        corpus: Object.fromEntries(documents.map((one) => [one.id, one.text])),
        relevant_docs: Object.fromEntries(
          questions.map((one) => [one.id, one.targets.map((target) => target.document)]),
        ),
        mode: "text",
      });
      const set = await readQuestionSet([fileOf("d.json", text, 50)], NEVER);
      const sorted = (list: Drawn["questions"]): unknown =>
        list
          .map((one) => ({ id: one.id, text: one.text, targets: one.targets.map((target) => target.document) }))
          .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(sorted(bare(set.questions))).toEqual(sorted(questions));
      expect((await all(set.corpus!.read())).length).toBe(documents.length);
    }),
    { seed: 13 },
  );
  const empty = { mode: "text", relevant_docs: {}, corpus: {}, queries: {} };
  expect(Object.keys(JSON.parse(writeLlamaIndex(empty)) as object)).toEqual([
    "queries",
    "corpus",
    "relevant_docs",
    "mode",
  ]);
});

test("a CSV set is read again as it was", async () => {
  const cell = fc.option(words, { nil: null });
  const target = fc.record({ document: words, page: cell, text: cell, grade });
  const question = fc.record({ id: plainId, text: words, targets: fc.array(target, { minLength: 1, maxLength: 1 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(question, { selector: (one) => one.id, minLength: 1, maxLength: 4 }),
      async (questions) => {
        const written = questions.map((one) => ({
          ...one,
          targets: one.targets.map((each) => ({ ...each, line: 0, file: "" })),
        }));
        const set = await readQuestionSet([fileOf("s.csv", writeCsvSet(written))], NEVER);
        const read = set.questions.map((one) => ({
          ...one,
          targets: one.targets.map((each) => ({
            document: each.document,
            page: each.page,
            text: each.text,
            grade: each.grade,
          })),
        }));
        expect(read).toEqual(questions);
      },
    ),
    { seed: 14 },
  );
});

test("documents go out under their names, where no two share one", () => {
  const name = externalNames([
    { id: "1", name: "a.pdf" },
    { id: "2", name: "b.pdf" },
    { id: "3", name: "b.pdf" },
  ]);
  expect(["1", "2", "3", "x#4"].map(name)).toEqual(["a.pdf", "2", "3", "x#4"]);
});

const ROWS: readonly TableRow[] = ["off", "bundled"].map((reranker, i) => ({
  cell: { key: reranker, retrieval: "fused", embedder: "bge|small", reranker, pool: 30 },
  questions: 12,
  values: [
    {
      metric: "mrr",
      value: 0.75 - i / 8,
      interval: { low: 0.5, high: 0.875 },
      against:
        i === 0
          ? null
          : { difference: -0.125, interval: { low: -0.25, high: 0 }, p: 0.0625, wins: 1, ties: 7, losses: 4 },
    },
  ],
  latency: i === 0 ? null : { median: 812.4, p95: 1500, measured: 12 },
  unjudged: 0.5,
  fallbacks: i,
  movement: i === 0 ? null : { tau: 0.5, rho: 0.625, rbo: 0.75, overlap: 0.875 },
}));

test("the table as CSV has every number in full", () => {
  expect(tableCsv(ROWS, 10).split("\r\n")).toEqual([
    "retrieval,embedder,re-ranker,pool,questions,mrr@10,mrr@10 low,mrr@10 high,mrr@10 difference,mrr@10 difference low,mrr@10 difference high,mrr@10 p,mrr@10 wins,mrr@10 ties,mrr@10 losses,median ms,p95 ms,timed,unjudged,fallbacks,tau,rho,rbo,overlap@10",
    "fused,bge|small,off,30,12,0.75,0.5,0.875,,,,,,,,,,,0.5,0,,,,",
    "fused,bge|small,bundled,30,12,0.625,0.5,0.875,-0.125,-0.25,0,0.0625,1,7,4,812.4,1500,12,0.5,1,0.5,0.625,0.75,0.875",
    "",
  ]);
});

test("the table as Markdown says in words what became worse", () => {
  expect(tableMarkdown(ROWS, 10)).toBe(
    [
      "| Setting | mrr@10 | median | p95 | questions |",
      "| :-- | --: | --: | --: | --: |",
      "| fused · bge\\|small · off | 0.750 | – | – | 12 |",
      "| fused · bge\\|small · bundled, pool 30 | 0.625 (−0.125, p 0.063, worse) | 812 ms | 1500 ms | 12 |",
      "",
    ].join("\n"),
  );
});
