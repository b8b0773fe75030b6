import { expect, test } from "vitest";
import type { Cell } from "#core/evaluate/model.ts";
import type { MetricValue, Recommendation } from "#core/evaluate/report-model.ts";
import {
  ceilingSentence,
  cellName,
  costSentence,
  decimal,
  importLine,
  probability,
  rankChange,
  recommendationSentence,
  rowWarning,
  signed,
} from "./evaluate.ts";

const cell = (reranker: string, pool = 20): Cell => ({
  key: `fused bundled ${reranker} ${pool}`,
  retrieval: "fused",
  embedder: "bundled",
  reranker,
  pool,
});

const value = (metric: MetricValue["metric"], difference: number, p: number): MetricValue => ({
  metric,
  value: 0.5,
  interval: { low: 0.4, high: 0.6 },
  against: {
    difference,
    interval: { low: difference - 0.1, high: difference + 0.1 },
    p,
    exact: true,
    wins: difference > 0 ? 3 : 1,
    ties: 4,
    losses: difference < 0 ? 3 : 1,
    worse: difference < 0,
    significant: p < 0.05,
  },
});

test("W1 three decimals, a real minus, no sign before what is written as zero", () => {
  expect([decimal(0.5), decimal(-0.0104), decimal(-0.0001)]).toEqual(["0.500", "−0.010", "0.000"]);
  expect([signed(0.0431), signed(-0.01), signed(0.0004)]).toEqual(["+0.043", "−0.010", "0.000"]);
  expect([probability(0.0312), probability(0.0004)]).toEqual(["p 0.031", "p < 0.001"]);
});

test("W2 a row says in words what got worse, and where that may be chance", () => {
  expect(rowWarning([value("hit", 0.1, 0.01), value("mrr", 0.1, 0.5)])).toBeNull();
  expect(rowWarning([value("hit", 0, 1), value("mrr", -0.1, 0.01)])).toEqual({
    tone: "worse",
    words: "Worse than off in MRR",
  });
  expect(rowWarning([value("hit", -0.1, 0.4), value("mrr", 0.1, 0.01)])?.words).toBe(
    "Lower than off in Hit Rate, within chance",
  );
  expect(rowWarning([value("hit", -0.1, 0.4), value("mrr", -0.1, 0.3)])?.words).toBe(
    "Lower than off in everything, within chance",
  );
});

test("W3 the recommendation names a setting, or how many more questions it would take", () => {
  const facts = { metric: "ndcg", cell: cell("bundled"), against: cell("off"), gain: 0.0431, p: 0.012 } as const;
  const say = (recommendation: Recommendation) => recommendationSentence(recommendation, [], false);
  expect(say({ kind: "best", ...facts, faster: null })).toBe(
    "Best for this machine: Fused with the bundled re-ranker at pool 20. Its nDCG is 0.043 above Fused without re-ranking (p 0.012).",
  );
  expect(say({ kind: "best", ...facts, faster: cell("bundled", 5) })).toContain(
    "Fused with the bundled re-ranker at pool 5 cannot be told from it and is faster.",
  );
  expect(say({ kind: "off", ...facts, cell: cell("off"), against: cell("bundled") })).toContain(
    "Best for this machine: Fused without re-ranking.",
  );
  expect(say({ kind: "too-small", ...facts, questions: 20, more: 539 })).toMatch(
    /^Too few questions to tell: with 20 questions, .*About 539 more questions would show a difference of this size\.$/,
  );
  expect(say({ kind: "too-small", ...facts, gain: 0, questions: 20, more: null })).toMatch(/^No difference to tell/);
});

test("W4 the cost before a run: pairs, what is known, and no invented time", () => {
  const cost = { cells: 2, questions: 20, pairs: 400, cachedPairs: 0, pairsPerSecond: null, milliseconds: null };
  expect(costSentence(cost)).toBe(
    "20 questions × 2 rows: up to 400 pairs to score. The time is unknown until the first run measures it.",
  );
  expect(costSentence({ ...cost, cachedPairs: 100, pairsPerSecond: 203.4, milliseconds: 1966 })).toBe(
    "20 questions × 2 rows: up to 400 pairs to score; 100 are known already. About 2.0 s at this machine's measured 203 pairs a second.",
  );
  expect(costSentence({ ...cost, pairs: 0, cachedPairs: 400 })).toContain("all 400 pairs are known already");
});

test("W5 what is not in the pool no re-ranker can save", () => {
  const points = [
    { pool: 1, found: 2, recall: 0.1 },
    { pool: 20, found: 11, recall: 0.55 },
  ];
  expect(ceilingSentence({ cell: cell("off"), points, questions: 20 }, [20])).toBe(
    "A pool of 20 holds an answer for 11 of 20 questions; before re-ranking it is first for 2. The other 9 no re-ranker could have saved: the answer is not among the candidates.",
  );
  expect(ceilingSentence({ cell: cell("off"), points: [], questions: 0 }, [20])).toMatch(/No question/);
});

test("W6 ranks, rows and imports in few words", () => {
  expect(rankChange({ before: 7, after: 1 })).toBe("#7 → #1");
  expect(rankChange({ before: 13, after: null })).toBe("#13 → none");
  expect(rankChange({ before: null, after: null })).toBe("not found");
  expect(cellName(cell("off"))).toBe("Fused · re-ranking off");
  expect(cellName(cell("second-look-rerank-match-v0"), true)).toBe(
    "Fused (bundled) · rerank-match-v0 re-ranker, pool 20",
  );
  const progress = { stage: "reading" as const, documents: { done: 1, of: 3 } };
  expect(importLine({ phase: "reading", files: ["corpus.jsonl"], progress })).toBe("Reading corpus.jsonl: 33 %");
});
