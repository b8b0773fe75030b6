import { ranksOf, type StageRanking } from "./ranking.ts";

/** Cormack, Clarke and Büttcher 2009: damps the first ranks so that one stage's winner does not decide alone. */
const K = 60;

/**
 * How deep each list is fused. A constant, not the pool size: a larger pool must only append to a smaller one.
 * 200 is the largest pool.
 */
export const FUSION_DEPTH = 200;

/**
 * Reciprocal rank fusion: Σ 1 / (60 + rank) over the stages that rank the row in their first 200; ties by row.
 * In double precision: in single, sums of different ranks can be equal.
 */
export function fuse(stages: readonly StageRanking[], rows: number): StageRanking {
  const sums = new Map<number, number>();
  for (const { order } of stages) {
    order.subarray(0, FUSION_DEPTH).forEach((row, i) => sums.set(row, (sums.get(row) ?? 0) + 1 / (K + i + 1)));
  }
  const best = Array.from(sums).toSorted(([rowA, a], [rowB, b]) => b - a || rowA - rowB);
  const order = Uint32Array.from(best, ([row]) => row);
  const scores = new Float64Array(rows).fill(Number.NaN);
  for (const [row, sum] of best) scores[row] = sum;
  return { scores, ranks: ranksOf(order, rows), order };
}
