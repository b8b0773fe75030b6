import type { JudgedNumbers, JudgedQuestion } from "#core/evaluate/judged.ts";
import type { Grade } from "#core/evaluate/model.ts";
import { count, plural } from "./numbers.ts";

/** The grades that Compare offers, as TREC's assessors use them. */
export const GRADES: readonly { readonly value: Grade; readonly name: string }[] = [
  { value: 0, name: "not relevant" },
  { value: 1, name: "relevant" },
  { value: 2, name: "highly relevant" },
];

export const GRADE_HINT = "Grade rows with 0, 1 or 2 to measure re-ranking on this question.";

/** The change as a sentence; null where nothing was re-ranked. nDCG decides: it sees every grade of the top. */
export function judgedTrend({
  k,
  before,
  after,
}: JudgedQuestion): { readonly words: string; readonly worse: boolean } | null {
  if (after === null) return null;
  const gain = after.ndcg - before.ndcg || after.reciprocalRank - before.reciprocalRank;
  // Sums of the same gains in another order differ by rounding.
  if (Math.abs(gain) < 1e-9) return { words: `Re-ranking made no difference to your top ${count(k)}.`, worse: false };
  return gain > 0
    ? { words: "Re-ranking made this question better.", worse: false }
    : { words: "Re-ranking made this question worse.", worse: true };
}

export function judgedMetrics({ k, before, after }: JudgedQuestion): {
  readonly name: string;
  readonly before: string;
  readonly after: string | null;
}[] {
  const line = (name: string, of: (numbers: JudgedNumbers) => string) => ({
    name,
    before: of(before),
    after: after === null ? null : of(after),
  });
  return [
    line(`Hit@${k}`, ({ hit }) => String(hit)),
    line("RR", ({ reciprocalRank }) => reciprocalRank.toFixed(3)),
    line(`nDCG@${k}`, ({ ndcg }) => ndcg.toFixed(3)),
  ];
}

/** Says how much the numbers rest on. */
export function judgedCounts({ k, judged, relevant, before, after }: JudgedQuestion): string {
  const open = after === null ? `${before.unjudged}` : `${before.unjudged} before and ${after.unjudged} after`;
  return `${plural(judged, "passage")} graded, ${count(relevant)} relevant; not graded in the top ${count(k)}: ${open}`;
}
