/** The app's numbers against a scorer that was written apart from it (e2e/support), and both against trec_eval's own. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { trecPrint, trecScore } from "../../../e2e/support/trec-score.ts";
import { measure } from "./metrics.ts";
import type { MetricName, MetricOptions } from "./model.ts";
import { countedItems, type RankedItems } from "./order.ts";
import { PRESETS } from "./presets.ts";

const F1_QRELS = "q0 0 D0 0\nq0 0 D1 1\nq0 0 D2 1\nq0 0 D3 2\nq0 0 D4 0\nq1 0 D0 1\nq1 0 D3 2\nq1 0 D5 2\n";
const F1_RUN = [
  "q0 Q0 D0 1 .8 t",
  "q0 Q0 D2 2 .7 t",
  "q0 Q0 D1 3 .3 t",
  "q0 Q0 D3 4 .4 t",
  "q0 Q0 D4 5 .1 t",
  "q1 Q0 D1 1 .8 t",
  "q1 Q0 D3 2 .7 t",
  "q1 Q0 D4 3 .3 t",
  "q1 Q0 D2 4 .4 t",
].join("\r\n");

test("the scorer gives trec_eval's F1", () => {
  const printed = trecPrint(trecScore(F1_RUN, F1_QRELS, 1, [1, 2, 3, 5])).split("\n");
  expect(printed).toEqual(
    expect.arrayContaining([
      "map\tq0\t0.6389",
      "map\tq1\t0.1667",
      "map\tall\t0.4028",
      "recip_rank\tall\t0.5000",
      "P_5\tq0\t0.6000",
      "P_5\tq1\t0.2000",
      "recall_2\tq0\t0.3333",
      "recall_5\tq0\t1.0000",
      "ndcg\tq0\t0.6585",
      "ndcg\tq1\t0.3354",
      "ndcg\tall\t0.4969",
      "ndcg_cut_1\tq0\t0.0000",
      "ndcg_cut_2\tq0\t0.2398",
      "ndcg_cut_2\tq1\t0.3869",
      "ndcg_cut_3\tall\t0.4282",
      "success_1\tq0\t0.0000",
      "success_2\tall\t1.0000",
    ]),
  );
});

test("the scorer gives trec_eval's F2 (ties) and F3 (grades, then -l 2)", () => {
  const tied = trecScore("q Q0 a 1 1 t\nq Q0 b 2 1 t\nq Q0 c 3 1 t", "q 0 a 1\nq 0 b 0").get("q")!;
  expect([tied.get("recip_rank"), tied.get("ndcg_cut_3")]).toEqual([expect.closeTo(0.3333, 4), 0.5]);
  const of = (from: number): (number | undefined)[] => {
    const scores = trecScore("q Q0 a 1 3 t\nq Q0 x 2 2 t\nq Q0 b 3 1 t", "q 0 a 1\nq 0 b 2\nq 0 c 3", from).get("q")!;
    return ["map", "recip_rank", "P_3", "recall_3", "ndcg_cut_3"].map((name) => scores.get(name));
  };
  expect(of(1)).toEqual([0.5556, 1, 0.6667, 0.6667, 0.42].map((value) => expect.closeTo(value, 4)));
  expect(of(2)).toEqual([0.1667, 0.3333, 0.3333, 0.5, 0.42].map((value) => expect.closeTo(value, 4)));
});

test("the scorer refuses what trec_eval refuses, and counts a question that the run lacks as 0", () => {
  expect(() => trecScore("q Q0 a 1 1 t\nq Q0 a 2 1 t", "q 0 a 1")).toThrow("twice");
  expect(() => trecScore("q Q0 a 1 1", "q 0 a 1")).toThrow("fields");
  expect(trecScore("q Q0 a 1 1 t", "q 0 a 1\np 0 a 1").get("all")!.get("map")).toBe(0.5);
});

const ITEMS = ["a", "b", "B", "10", "9", "é", "z", "～", "😀", "aa"];

interface Case {
  readonly list: Required<RankedItems>;
  readonly grades: Map<string, number>;
}

/** Few different scores, so that ties are the rule. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.uniqueArray(fc.record({ item: fc.constantFrom(...ITEMS), score: fc.constantFrom(-3, 0, 0.5, 7) }), {
      selector: ({ item }) => item,
    }),
    grades: fc.uniqueArray(fc.tuple(fc.constantFrom(...ITEMS), fc.integer({ min: -2, max: 4 })), {
      selector: ([item]) => item,
      minLength: 1,
    }),
  })
  .map(({ rows, grades }) => {
    const sorted = rows.toSorted((a, b) => b.score - a.score);
    const list = { items: sorted.map(({ item }) => item), scores: sorted.map(({ score }) => score) };
    return { list, grades: new Map(grades) };
  });

const NAMES: [MetricName, (k: number) => string][] = [
  ["hit", (k) => `success_${k}`],
  ["precision", (k) => `P_${k}`],
  ["recall", (k) => `recall_${k}`],
  ["ndcg", (k) => `ndcg_cut_${k}`],
];

function agree({ list, grades }: Case, options: MetricOptions, runText: string): void {
  const qrels = [...grades].map(([item, grade]) => `q 0 ${item} ${grade}\n`).join("");
  const scores = trecScore(runText, qrels, options.relevantFrom).get("q")!;
  const expectSame = (metric: MetricName, k: number, name: string): void =>
    expect(measure(metric, k, list, grades, options), name).toBeCloseTo(scores.get(name)!, 12);
  for (const k of [1, 3, 5, 10, 20]) for (const [metric, name] of NAMES) expectSame(metric, k, name(k));
  expectSame("mrr", Infinity, "recip_rank");
  expectSame("map", Infinity, "map");
  expectSame("ndcg", Infinity, "ndcg");
}

const lines = (items: readonly string[], scoreAt: (i: number) => number): string =>
  items.map((item, i) => `q Q0 ${item} ${i + 1} ${scoreAt(i)} t\n`).join("");

test("M1 to M6 preset trec_eval agrees with the scorer on any list, ties included", () => {
  fc.assert(
    fc.property(anyCase, fc.constantFrom(1, 2), (one, relevantFrom) => {
      const runText = lines(one.list.items, (i) => one.list.scores[i]!);
      agree(one, { ...PRESETS.trec_eval, relevantFrom }, runText);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("M2 M3 exported in the counted order with falling scores, every way of breaking ties agrees with the scorer", () => {
  fc.assert(
    fc.property(
      anyCase,
      fc.constantFrom("input", "docAsc", "docDesc"),
      fc.constantFrom("skip", "nonrelevant"),
      (one, ties, unjudged) => {
        const options = { ...PRESETS.trec_eval, ties, unjudged } as const;
        const exported = countedItems(one.list, one.grades, options);
        agree(
          one,
          options,
          lines(exported, (i) => exported.length - i),
        );
      },
    ),
    { seed: 9, numRuns: 300 },
  );
});
