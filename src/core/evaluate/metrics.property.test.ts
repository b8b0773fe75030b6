import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../base/rng.ts";
import { meanOf, measure, measureAll } from "./metrics.ts";
import type { MetricName, MetricOptions } from "./model.ts";
import { PRESETS } from "./presets.ts";

const METRICS: MetricName[] = ["hit", "mrr", "ndcg", "recall", "precision", "map"];
const ITEMS = Array.from({ length: 14 }, (_, i) => `d${i}`);

const anyItems = fc.shuffledSubarray(ITEMS);
const anyGrades = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ITEMS), fc.integer({ min: -1, max: 3 })), { selector: ([item]) => item })
  .map((pairs) => new Map(pairs));
const anyOptions: fc.Arbitrary<MetricOptions> = fc.record({
  relevantFrom: fc.constantFrom(1, 2),
  gain: fc.constantFrom("linear", "exponential"),
  ideal: fc.constantFrom("judged", "llamaindex"),
  ties: fc.constant("input"),
  unjudged: fc.constantFrom("skip", "nonrelevant"),
  missing: fc.constantFrom("zero", "skip"),
});
const anyK = fc.constantFrom(1, 2, 3, 5, 10, 20, Infinity);

test("M8 every metric lies in 0..1", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, anyOptions, anyK, (items, grades, options, k) => {
      for (const metric of METRICS) {
        const value = measure(metric, k, { items }, grades, options);
        expect(value, metric).toBeGreaterThanOrEqual(0);
        expect(value, metric).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("M8 hit, mrr, recall and map never fall as k grows", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, anyOptions, (items, grades, options) => {
      for (const metric of ["hit", "mrr", "recall", "map"] as const) {
        const values = [1, 2, 3, 5, 10, 20, Infinity].map((k) => measure(metric, k, { items }, grades, options));
        expect(values, metric).toEqual(values.toSorted((a, b) => a - b));
      }
    }),
    { seed: 2, numRuns: 200 },
  );
});

test("M8 the order inside the first k changes neither hit, recall nor precision, and what lies behind nothing", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, anyK, fc.nat(), (items, grades, k, seed) => {
      const random = seededRandom(seed);
      const shuffle = (part: string[]): string[] =>
        part
          .map((item) => ({ item, at: random() }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const [top, rest] = [items.slice(0, k), k === Infinity ? [] : items.slice(k)];
      const of = (list: string[], metric: MetricName): number =>
        measure(metric, k, { items: list }, grades, PRESETS.trec_eval);
      for (const metric of ["hit", "recall", "precision"] as const) {
        expect(of([...shuffle(top), ...shuffle(rest)], metric)).toBe(of(items, metric));
      }
      for (const metric of METRICS) expect(of([...top, ...shuffle(rest)], metric)).toBe(of(items, metric));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("M8 with ties by id, the order in which equal scores came changes nothing; nor do the names of the unjudged", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, anyK, (items, grades, k) => {
      for (const ties of ["docDesc", "docAsc"] as const) {
        const options = { ...PRESETS.trec_eval, ties };
        const scores = items.map(() => 1);
        const [one, other] = [items, items.toReversed()].map((list) =>
          METRICS.map((metric) => measure(metric, k, { items: list, scores }, grades, options)),
        );
        expect(other).toEqual(one);
      }
      const renamed = items.map((item) => (grades.has(item) ? item : `new ${item}`));
      for (const metric of METRICS) {
        const of = (list: string[]): number => measure(metric, k, { items: list }, grades, PRESETS.beir);
        expect(of(renamed)).toBe(of(items));
      }
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("M8 the ideal order is 1 in ndcg; moving a better item up never lowers ndcg, mrr or map", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, fc.constantFrom("linear", "exponential"), anyK, (items, grades, gain, k) => {
      const options = { ...PRESETS.trec_eval, gain };
      const ideal = [...grades].toSorted((a, b) => b[1] - a[1]).map(([item]) => item);
      const hasGain = [...grades.values()].some((grade) => grade > 0);
      expect(measure("ndcg", k, { items: ideal }, grades, options)).toBeCloseTo(hasGain ? 1 : 0, 12);
      const gradeAt = (i: number): number => grades.get(items[i]!) ?? 0;
      const at = items.findIndex((_, i) => i > 0 && gradeAt(i) > gradeAt(i - 1));
      if (at === -1) return;
      const better = items.with(at, items[at - 1]!).with(at - 1, items[at]!);
      for (const metric of ["ndcg", "mrr", "map"] as const) {
        const of = (list: string[]): number => measure(metric, k, { items: list }, grades, options);
        expect(of(better), metric).toBeGreaterThanOrEqual(of(items) - 1e-12);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test("M3 skipping the unjudged is the same as a list without them; preset llamaindex by sets and sums", () => {
  fc.assert(
    fc.property(anyItems, anyGrades, anyK, (items, grades, k) => {
      const judged = items.filter((item) => (grades.get(item) ?? -1) >= 0);
      const top = items.slice(0, k);
      const expected = [...grades].flatMap(([item, grade]) => (grade >= 1 ? [item] : []));
      const hits = top.filter((item) => expected.includes(item));
      const discount = (rank: number): number => 1 / Math.log2(rank + 1);
      const ideal = expected.reduce((sum, _, i) => sum + discount(i + 1), 0);
      const dcg = hits.reduce((sum, item) => sum + discount(top.indexOf(item) + 1), 0);
      const precisions = hits.reduce((sum, item, i) => sum + (i + 1) / (top.indexOf(item) + 1), 0);
      const slow: Record<MetricName, number> = {
        hit: Math.min(1, hits.length),
        mrr: hits.length === 0 ? 0 : 1 / (top.indexOf(hits[0]!) + 1),
        ndcg: expected.length === 0 ? 0 : dcg / ideal,
        recall: expected.length === 0 ? 0 : hits.length / expected.length,
        precision: top.length === 0 ? 0 : hits.length / (k === Infinity ? top.length : k),
        map: expected.length === 0 ? 0 : precisions / expected.length,
      };
      for (const metric of METRICS) {
        expect(measure(metric, k, { items }, grades, PRESETS.llamaindex), metric).toBeCloseTo(slow[metric], 12);
        const skip = { ...PRESETS.beir, unjudged: "skip" } as const;
        expect(measure(metric, k, { items }, grades, skip)).toBe(
          measure(metric, k, { items: judged }, grades, PRESETS.beir),
        );
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("M7 the mean is the same in any order of the questions", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyItems, anyGrades), { minLength: 1, maxLength: 8 }), (questions) => {
      const ids = questions.map((_, i) => `q${i}`);
      const lists = new Map(questions.map(([items], i) => [`q${i}`, { items }]));
      const grades = new Map(questions.map(([, one], i) => [`q${i}`, one]));
      const of = (order: string[]): number => meanOf(measureAll("ndcg", 5, order, lists, grades, PRESETS.trec_eval));
      expect(of(ids.toReversed())).toBeCloseTo(of(ids), 12);
    }),
    { seed: 7 },
  );
});
