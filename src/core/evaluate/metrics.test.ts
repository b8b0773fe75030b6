/** Worked values of the tools themselves; their sources are named in the titles. */
import { expect, test } from "vitest";
import { granularHit, granularMrr } from "./granular.ts";
import { asTrec, graded } from "./metrics.fixture.ts";
import { meanOf, measure, measureAll } from "./metrics.ts";
import type { MetricName } from "./model.ts";
import { byCodePoint, countedItems } from "./order.ts";
import { PRESETS } from "./presets.ts";

const log3 = Math.log2(3);
const ones = (n: number): number =>
  Array.from({ length: n }, (_, i) => 1 / Math.log2(i + 2)).reduce((a, b) => a + b, 0);

// expected, retrieved, hit, granular hit, MRR, granular MRR, precision, recall, AP, NDCG
const LLAMAINDEX: [string, string, ...number[]][] = [
  ["1 2 3", "3 1 2 4", 1, 1, 1, (1 + 1 / 2 + 1 / 3) / 3, 3 / 4, 1, 1, 1],
  ["1 2 3 4", "5 1", 1, 1 / 4, 1 / 2, 1 / 2, 1 / 2, 1 / 4, 1 / 2 / 4, 1 / log3 / ones(4)],
  ["1 2", "3 4", 0, 0, 0, 0, 0, 0, 0, 0],
  ["1 2", "2 1 7", 1, 1, 1, 3 / 4, 2 / 3, 1, 1, 1],
  ["1 2 3 4", "1 2 5", 1, 2 / 4, 1, (1 + 1 / 2) / 2, 2 / 3, 2 / 4, 2 / 4, (1 + 1 / log3) / ones(4)],
  ["1 2 3 4", "1 5 2", 1, 2 / 4, 1, (1 + 1 / 3) / 2, 2 / 3, 2 / 4, (1 + 2 / 3) / 4, (1 + 1 / 2) / ones(4)],
  ["1 2", "1 7 15 2", 1, 1, 1, (1 + 1 / 4) / 2, 2 / 4, 1, (1 + 2 / 4) / 2, (1 + 1 / Math.log2(5)) / ones(2)],
];

test.each(LLAMAINDEX)("M4 M5 M9 LlamaIndex: expected %s, retrieved %s", (expected, retrieved, ...values) => {
  const list = { items: retrieved.split(" ") };
  const grades = new Map(expected.split(" ").map((id) => [id, 1]));
  for (const gain of ["linear", "exponential"] as const) {
    const options = { ...PRESETS.llamaindex, gain };
    const of = (metric: MetricName): number => measure(metric, Infinity, list, grades, options);
    const found = [
      of("hit"),
      granularHit(Infinity, list, grades, options),
      of("mrr"),
      granularMrr(Infinity, list, grades, options),
      of("precision"),
      of("recall"),
      of("map"),
      of("ndcg"),
    ];
    for (const [i, value] of values.entries()) expect(found[i]).toBeCloseTo(value, 12);
  }
});

const Q0 = asTrec("D0 .8 D2 .7 D1 .3 D3 .4 D4 .1", "D0:0 D1:1 D2:1 D3:2 D4:0");
const Q1 = asTrec("D1 .8 D3 .7 D4 .3 D2 .4", "D0:1 D3:2 D5:2");

// metric, k, q0, q1
const F1: [MetricName, number, number, number][] = [
  ["map", Infinity, 0.6389, 0.1667],
  ["mrr", Infinity, 0.5, 0.5],
  ["precision", 2, 0.5, 0.5],
  ["precision", 5, 0.6, 0.2],
  ["recall", 2, 0.3333, 0.3333],
  ["recall", 5, 1, 0.3333],
  ["ndcg", Infinity, 0.6585, 0.3354],
  ["ndcg", 1, 0, 0],
  ["ndcg", 2, 0.2398, 0.3869],
  ["ndcg", 3, 0.5209, 0.3354],
  ["ndcg", 5, 0.6585, 0.3354],
];

test.each(F1)("F1 trec_eval: %s at %d is %d and %d", (metric, k, q0, q1) => {
  expect(Q0(metric, k)).toBeCloseTo(q0, 4);
  expect(Q1(metric, k)).toBeCloseTo(q1, 4);
});

test("F1 trec_eval: the means", () => {
  expect((Q0("map") + Q1("map")) / 2).toBeCloseTo(0.4028, 4);
  expect((Q0("ndcg") + Q1("ndcg")) / 2).toBeCloseTo(0.4969, 4);
  expect((Q0("ndcg", 3) + Q1("ndcg", 3)) / 2).toBeCloseTo(0.4282, 4);
});

test("M2 F2 trec_eval: equal scores go by document id, last first", () => {
  const tied = asTrec("a 1 b 1 c 1", "a:1 b:0");
  expect(tied("mrr")).toBeCloseTo(0.3333, 4);
  expect(tied("ndcg", 3)).toBeCloseTo(0.5, 4);
  expect(asTrec("a 1 b 1 c 1", "a:1 b:0", { ties: "input" })("mrr")).toBe(1);
  expect(asTrec("b 1 c 1 a 1", "a:1 b:0", { ties: "docAsc" })("mrr")).toBe(1);
});

test("M1 F3 trec_eval: graded, then -l 2", () => {
  const [first, second] = [1, 2].map((relevantFrom) => asTrec("a 3 x 2 b 1", "a:1 b:2 c:3", { relevantFrom }));
  expect([first!("map"), first!("mrr"), first!("precision", 3), first!("recall", 3), first!("ndcg", 3)]).toEqual(
    [0.5556, 1, 0.6667, 0.6667, 0.42].map((value) => expect.closeTo(value, 4)),
  );
  expect([second!("map"), second!("mrr"), second!("precision", 3), second!("recall", 3), second!("ndcg", 3)]).toEqual(
    [0.1667, 0.3333, 0.3333, 0.5, 0.42].map((value) => expect.closeTo(value, 4)),
  );
});

const NEGATIVE: [string, string] = ["D0:1 D1:-1 D2:0 D3:2 D4:0", "D0:1 D3:2 D4:-1 D5:0"];
const RUNS: [string, string] = ["D0 .8 D2 .7 D1 .3 D3 .4 D4 .1", "D1 .8 D4 .7 D3 .3 D2 .4"];

// metric, k, q0, q1
const IR_MEASURES: [MetricName, number, number, number][] = [
  ["ndcg", Infinity, 0.76018, 0.32739],
  ["ndcg", 3, 0.76018, 0],
  ["map", Infinity, 0.83333, 0.125],
  ["hit", 2, 1, 0],
];

test.each(IR_MEASURES)("M5 ir_measures, grades below 0: %s at %d is %d and %d", (metric, k, q0, q1) => {
  expect(asTrec(RUNS[0], NEGATIVE[0])(metric, k)).toBeCloseTo(q0, 4);
  expect(asTrec(RUNS[1], NEGATIVE[1])(metric, k)).toBeCloseTo(q1, 4);
});

test("M5 ir_measures: gains 0 → 1, 1 → 4", () => {
  expect(asTrec(RUNS[0], "D0:4 D1:-1 D2:1 D3:2 D4:1")("ndcg")).toBeCloseTo(0.97177, 4);
  expect(asTrec(RUNS[1], "D0:4 D3:2 D4:-1 D5:1")("ndcg")).toBeCloseTo(0.14949, 4);
});

test("M3 ir_measures P@4, judged only: unjudged items and those below 0 leave the list", () => {
  const lists = [RUNS[0], "D1 .8 D0 .7 D3 .3 D2 .4"];
  const grades = ["D0:-1 D1:1 D3:2 D4:1", "D0:1 D3:0 D4:-1"];
  const at4 = (unjudged: "skip" | "nonrelevant"): number[] =>
    lists.map((list, i) => asTrec(list, grades[i]!, { unjudged })("precision", 4));
  expect(at4("skip")).toEqual([0.75, 0.25]);
  expect(at4("nonrelevant")).toEqual([0.5, 0.25]);
});

test("M5 ranx: linear and Burges gains", () => {
  const grades = "2:5 4:4 5:3 10:2";
  const ideal = 5 + 4 / log3 + 3 / 2 + 2 / Math.log2(5);
  const straight = 5 / log3 + 4 / Math.log2(5) + 3 / Math.log2(6);
  expect(asTrec("1 5 2 4 3 3 4 2 5 1", grades)("ndcg", 5)).toBeCloseTo(straight / ideal, 12);
  const better = 2 + 3 / log3 + 5 / 2 + 4 / Math.log2(5);
  expect(asTrec("10 5 5 4 2 3 4 2 3 1", grades)("ndcg", 5)).toBeCloseTo(better / ideal, 12);
  const burges = 3 + 7 / log3 + 31 / 2 + 15 / Math.log2(5);
  const burgesIdeal = 31 + 15 / log3 + 7 / 2 + 3 / Math.log2(5);
  expect(asTrec("10 5 5 4 2 3 4 2 3 1", grades, { gain: "exponential" })("ndcg", 5)).toBeCloseTo(
    burges / burgesIdeal,
    12,
  );
});

const METRICS: MetricName[] = ["hit", "mrr", "ndcg", "recall", "precision", "map"];

test("M6 a question without a relevant item, and an empty list, are 0 everywhere", () => {
  for (const preset of Object.values(PRESETS)) {
    for (const metric of METRICS) {
      for (const k of [1, 10, Infinity]) {
        expect(measure(metric, k, { items: ["a"] }, graded("a:0"), preset)).toBe(0);
        expect(measure(metric, k, { items: ["a"] }, new Map(), preset)).toBe(0);
        expect(measure(metric, k, { items: [] }, graded("a:1"), preset)).toBe(0);
      }
    }
  }
});

test("M4 precision divides by k, however short the list", () => {
  expect(asTrec("a 1", "a:1")("precision", 10)).toBe(0.1);
  expect(asTrec("a 1", "a:1")("precision")).toBe(1);
});

test("M7 a question without a list is 0 or is left out; one without grades is 0 and counts", () => {
  const lists = new Map([
    ["q1", { items: ["a"] }],
    ["q3", { items: ["a"] }],
  ]);
  const of = (missing: "zero" | "skip"): Float64Array =>
    measureAll("hit", 5, ["q1", "q2", "q3"], lists, new Map([["q1", graded("a:1")]]), { ...PRESETS.beir, missing });
  expect([...of("zero")]).toEqual([1, 0, 0]);
  expect([...of("skip")]).toEqual([1, Number.NaN, 0]);
  expect(meanOf(of("zero"))).toBeCloseTo(1 / 3, 12);
  expect(meanOf(of("skip"))).toBe(0.5);
});

test("M2 only neighbours of equal score change places, and NaN ties with nothing", () => {
  const list = { items: ["a", "b", "c", "d", "e"], scores: [1, 1, 2, Number.NaN, Number.NaN] };
  const order = (ties: "docDesc" | "docAsc" | "input"): string =>
    countedItems(list, new Map(), { ties, unjudged: "nonrelevant" }).join("");
  expect([order("docDesc"), order("docAsc"), order("input")]).toEqual(["bacde", "abcde", "abcde"]);
});

test("M2 ids are compared by the bytes of their UTF-8", () => {
  const ids = ["b", "a", "ab", "", "\u{1f600}", "\uff5e", "é", "\u{1f601}", "z"];
  const bytes = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(ids.toSorted(byCodePoint)).toEqual(bytes);
});
