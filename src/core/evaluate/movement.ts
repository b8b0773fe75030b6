import { overlapAt, rankCorrelation, rboExtrapolated } from "./compare.ts";
import { offRowOf } from "./counted.ts";
import type { CellOutcomes, EvaluationRun } from "./model.ts";

/** How far a row's lists are from those of `off`, whatever is relevant: means over the questions that ran in both. */
export interface Movement {
  /** Over the items that both lists hold; NaN where no question has two of them. */
  readonly tau: number;
  readonly rho: number;
  /** Extrapolated, p = .9. */
  readonly rbo: number;
  /** Of the first k. */
  readonly overlap: number;
  readonly questions: number;
}

/** Both lists are cut to the length of the shorter: `off` is measured to the depth of the largest pool. Null for `off` itself. */
export function movementOf(run: EvaluationRun, row: CellOutcomes, k: number): Movement | null {
  const off = offRowOf(run, row);
  if (off === undefined) return null;
  const before = new Map(off.outcomes.map(({ questionId, items }) => [questionId, items]));
  const pairs = row.outcomes.flatMap(({ questionId, items }) => {
    const was = before.get(questionId);
    const length = Math.min(items.length, was?.length ?? 0);
    return was === undefined ? [] : [[was.slice(0, length), items.slice(0, length)] as const];
  });
  if (pairs.length === 0) return null;
  const correlations = pairs.map(([a, b]) => rankCorrelation(a, b));
  return {
    tau: mean(correlations.flatMap(({ tau }) => tau ?? [])),
    rho: mean(correlations.flatMap(({ rho }) => rho ?? [])),
    rbo: mean(pairs.map(([a, b]) => rboExtrapolated(a, b))),
    overlap: mean(pairs.map(([a, b]) => overlapAt(Math.max(1, Math.min(k, a.length)), a, b))),
    questions: pairs.length,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
