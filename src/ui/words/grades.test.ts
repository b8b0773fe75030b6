import { describe, expect, it } from "vitest";
import type { JudgedNumbers, JudgedQuestion } from "#core/evaluate/judged.ts";
import { judgedCounts, judgedMetrics, judgedTrend } from "./grades.ts";

const numbers = (change: Partial<JudgedNumbers>): JudgedNumbers => ({
  hit: 1,
  reciprocalRank: 0.5,
  ndcg: 0.6,
  unjudged: 3,
  ...change,
});
const judged = (after: JudgedNumbers | null): JudgedQuestion => ({
  k: 5,
  judged: 2,
  relevant: 1,
  before: numbers({}),
  after,
});

describe("the words for the grades of one question", () => {
  it("U20 says better, worse or no difference by nDCG, then by reciprocal rank", () => {
    expect(judgedTrend(judged(numbers({ ndcg: 0.7, reciprocalRank: 0.1 })))).toEqual({
      words: "Re-ranking made this question better.",
      worse: false,
    });
    expect(judgedTrend(judged(numbers({ ndcg: 0.5 })))?.worse).toBe(true);
    expect(judgedTrend(judged(numbers({ reciprocalRank: 0.25 })))?.worse).toBe(true);
    expect(judgedTrend(judged(numbers({ ndcg: 0.6 + 1e-15 })))?.words).toContain("no difference to your top 5");
    expect(judgedTrend(judged(null))).toBeNull();
  });

  it("U21 numbers have three decimals, and one side only where nothing was re-ranked", () => {
    expect(judgedMetrics(judged(numbers({ hit: 0, reciprocalRank: 1 / 3 })))).toEqual([
      { name: "Hit@5", before: "1", after: "0" },
      { name: "RR", before: "0.500", after: "0.333" },
      { name: "nDCG@5", before: "0.600", after: "0.600" },
    ]);
    expect(judgedMetrics(judged(null)).every(({ after }) => after === null)).toBe(true);
  });

  it("U22 says how much is not graded", () => {
    expect(judgedCounts(judged(numbers({ unjudged: 1 })))).toBe(
      "2 passages graded, 1 relevant; not graded in the top 5: 3 before and 1 after",
    );
    expect(judgedCounts(judged(null))).toBe("2 passages graded, 1 relevant; not graded in the top 5: 3");
  });
});
