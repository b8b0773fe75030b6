import { expect, test } from "vitest";
import { chartOf, reportOf } from "./report.ts";
import { toldRun } from "./report.fixture.ts";
import type { MetricName } from "./model.ts";
import type { EvaluationReport, MetricValue } from "./report-model.ts";
import { moreQuestions } from "./paired.ts";

const COUNTED = { preset: "beir", k: 10 } as const;
const DRAWS = { draws: 2000, headline: "mrr" } as const;

function valueOf(report: EvaluationReport, row: number, metric: MetricName): MetricValue {
  return report.rows[row]!.values.find((value) => value.metric === metric)!;
}

test("P2 P3 the worked five questions: means, difference to off, p = .25, wins, ties and losses", () => {
  const run = toldRun([
    { reranker: "off", pool: 10, ranks: [1, 2, 3, 0, 1] },
    { reranker: "mini", pool: 10, ranks: [1, 1, 2, 2, 1] },
  ]);
  const report = reportOf(run, COUNTED, DRAWS);
  const [off, mini] = [valueOf(report, 0, "mrr"), valueOf(report, 1, "mrr")];
  expect(off.value).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1) / 5, 12);
  expect(off.against).toBe(null);
  expect(mini.value).toBeCloseTo(0.8, 12);
  expect(mini.against).toMatchObject({ p: 0.25, exact: true, wins: 3, ties: 2, losses: 0, worse: false });
  expect(mini.against!.significant).toBe(false);
  expect(mini.against!.difference).toBeCloseTo(0.23333, 4);
  expect(mini.against!.interval.low).toBeGreaterThanOrEqual(0);
  expect(mini.against!.interval.high).toBeLessThanOrEqual(0.5);
  expect(report.rows.map(({ result }) => result)).toEqual([null, "better"]);
});

test("P3 a row with a lower mean is worse, significant or not; an equal one is neither", () => {
  const off = { reranker: "off", pool: 10, ranks: [1, 1, 1, 1, 1, 1, 1] };
  const run = toldRun([
    off,
    { reranker: "bad", pool: 10, ranks: [2, 2, 2, 2, 2, 2, 2] },
    { reranker: "unlucky", pool: 10, ranks: [1, 1, 1, 1, 1, 1, 2] },
    { reranker: "same", pool: 10, ranks: off.ranks },
  ]);
  const report = reportOf(run, COUNTED, DRAWS);
  expect(report.rows.map(({ result }) => result)).toEqual([null, "worse", "worse", null]);
  expect(valueOf(report, 1, "mrr").against).toMatchObject({ worse: true, significant: true, losses: 7, p: 2 / 128 });
  expect(valueOf(report, 2, "mrr").against).toMatchObject({ worse: true, significant: false, losses: 1 });
  expect(valueOf(report, 3, "mrr").against).toMatchObject({ worse: false, significant: false, ties: 7, p: 1 });
});

test("P1 under way: what did not run is not in the mean; over: it is missing, and the preset says what that means", () => {
  const cells = [
    { reranker: "off", pool: 10, ranks: [1, 2, 1, 4] },
    { reranker: "mini", pool: 10, ranks: [1, 1, null, null] },
  ];
  const mean = (finished: boolean, preset: "trec_eval" | "beir"): number =>
    valueOf(reportOf(toldRun(cells, finished), { preset, k: 10 }, DRAWS), 1, "mrr").value;
  expect([mean(false, "trec_eval"), mean(true, "trec_eval"), mean(true, "beir")]).toEqual([1, 0.5, 1]);
  const report = reportOf(toldRun(cells, false), COUNTED, DRAWS);
  expect(report.rows.map(({ questions, answered }) => [questions, answered])).toEqual([
    [4, 4],
    [2, 2],
  ]);
  // Of the two questions in both rows: 0 and ½.
  expect(valueOf(report, 1, "mrr").against).toMatchObject({ difference: 0.25, wins: 1, ties: 1, losses: 0 });
});

test("P1 nothing ran yet: no number, no recommendation, no error", () => {
  const cells = ["off", "mini"].map((reranker) => ({ reranker, pool: 10, ranks: [null, null] }));
  const report = reportOf(toldRun(cells, false), COUNTED, DRAWS);
  expect(valueOf(report, 0, "ndcg").value).toBeNaN();
  expect(report.recommendation).toBe(null);
  expect(report.rows[1]).toMatchObject({ questions: 0, latency: null, unjudged: 0, result: null });
  expect(valueOf(report, 1, "ndcg").against).toBe(null);
});

test("P4 latency of what was timed, and the share of unjudged in the first k", () => {
  const timed = toldRun([{ reranker: "off", pool: 10, ranks: Array.from({ length: 5 }, () => 1), milliseconds: 40 }]);
  const outcomes = timed.cells[0]!.outcomes.map((outcome, i) => ({
    ...outcome,
    milliseconds: [10, null, 20, 40, 30][i]!,
  }));
  const run = { ...timed, cells: [{ ...timed.cells[0]!, outcomes }] };
  const row = reportOf(run, { preset: "beir", k: 5 }, DRAWS).rows[0]!;
  expect(row.latency).toEqual({ median: 25, p95: expect.closeTo(38.5, 9), measured: 4 });
  expect(row.unjudged).toBe(0.8);
  expect(reportOf(toldRun([{ reranker: "off", pool: 3, ranks: [1] }]), COUNTED, DRAWS).rows[0]!.latency).toBe(null);
});

test("P5 best: told from the best row of off; the faster one that is as good is named", () => {
  const rank = (n: number): number[] => Array.from({ length: 8 }, () => n);
  const run = toldRun([
    { reranker: "off", pool: 50, ranks: rank(3), milliseconds: 5 },
    { reranker: "mini", pool: 20, ranks: [1, 1, 1, 1, 1, 1, 1, 2], milliseconds: 100 },
    { reranker: "large", pool: 50, ranks: rank(1), milliseconds: 900 },
    { reranker: "tiny", pool: 20, ranks: rank(2), milliseconds: 20 },
  ]);
  const { recommendation } = reportOf(run, COUNTED, DRAWS);
  expect(recommendation).toMatchObject({
    kind: "best",
    cell: { reranker: "large" },
    against: { reranker: "off" },
    gain: expect.closeTo(2 / 3, 12),
    p: 2 / 2 ** 8,
    faster: { reranker: "mini" },
  });
});

test("P5 off: re-ranking made it worse, and the questions tell so", () => {
  const run = toldRun([
    { reranker: "off", pool: 10, ranks: [1, 1, 1, 1, 1, 1] },
    { reranker: "mini", pool: 10, ranks: [2, 2, 2, 2, 2, 2] },
  ]);
  expect(reportOf(run, COUNTED, DRAWS).recommendation).toMatchObject({
    kind: "off",
    cell: { reranker: "off" },
    against: { reranker: "mini" },
    gain: 0.5,
  });
});

test("P5 P6 too small to tell, and how many more; none seen, no number", () => {
  const run = (ranks: number[]) =>
    reportOf(
      toldRun([
        { reranker: "off", pool: 10, ranks: [1, 2, 1, 1] },
        { reranker: "mini", pool: 10, ranks },
      ]),
      COUNTED,
      DRAWS,
    ).recommendation;
  // Differences 0, ½, 0, 0: mean .125, variance .0625, so 7.849 · .0625 / .015625 = 31.4.
  expect(run([1, 1, 1, 1])).toMatchObject({ kind: "too-small", cell: { reranker: "mini" }, questions: 4, more: 28 });
  expect(run([1, 2, 1, 1])).toMatchObject({ kind: "too-small", gain: 0, more: null });
});

test("P5 only off: nothing to recommend", () => {
  expect(reportOf(toldRun([{ reranker: "off", pool: 3, ranks: [1] }]), COUNTED, DRAWS).recommendation).toBe(null);
});

test("P6 at least six questions, at least one more", () => {
  expect(moreQuestions(Float64Array.of(0.5, 0.5, 0.5, 0.5))).toBe(2);
  expect(moreQuestions(new Float64Array(20).fill(0.5))).toBe(1);
  expect(moreQuestions(Float64Array.of(0.5))).toBe(null);
});

test("P4 chart: timed rows only; a row is best when none is as good and faster, or better and as fast", () => {
  const run = toldRun([
    { reranker: "off", pool: 10, ranks: [3, 3], milliseconds: 5 },
    { reranker: "slow", pool: 10, ranks: [2, 2], milliseconds: 900 },
    { reranker: "good", pool: 10, ranks: [1, 1], milliseconds: 100 },
    { reranker: "cached", pool: 10, ranks: [1, 1] },
  ]);
  const points = chartOf(reportOf(run, COUNTED, DRAWS), "mrr");
  expect(points.map(({ cell, best }) => [cell.reranker, best])).toEqual([
    ["off", true],
    ["slow", false],
    ["good", true],
  ]);
});

test("S1 the same run gives the same report, and every mean lies in its interval", () => {
  const run = toldRun(
    [
      { reranker: "off", pool: 10, ranks: [1, 2, 3, 0, 1, 5, 7, null] },
      { reranker: "mini", pool: 10, ranks: [1, 1, 2, 2, 1, 9, null, 1] },
    ],
    false,
  );
  const report = reportOf(run, COUNTED, DRAWS);
  expect(reportOf(run, COUNTED, DRAWS)).toEqual(report);
  for (const { values } of report.rows) {
    for (const { value, interval, against } of values) {
      expect(interval.low).toBeLessThanOrEqual(value + 1e-12);
      expect(interval.high).toBeGreaterThanOrEqual(value - 1e-12);
      if (against === null) continue;
      expect(against.interval.low).toBeLessThanOrEqual(against.difference + 1e-12);
      expect(against.interval.high).toBeGreaterThanOrEqual(against.difference - 1e-12);
      expect(against.wins + against.ties + against.losses).toBe(6);
    }
  }
});
