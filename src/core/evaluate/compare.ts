/** How alike two rankings are. Lists hold no repeats, best first (rules R1 to R5 in SPEC.md). */
import { kendallTau } from "../rerank/kendall-tau.ts";

type Ranking = readonly string[];

/** Over the items that both lists hold, by their order in each. null where they share fewer than two. */
export interface RankCorrelation {
  /** Kendall τ, −1 to 1. */
  readonly tau: number | null;
  /** Spearman ρ, −1 to 1, of the ranks among the shared items. */
  readonly rho: number | null;
  /** How many items that is. */
  readonly shared: number;
}

export function rankCorrelation(a: Ranking, b: Ranking): RankCorrelation {
  const inB = new Set(b);
  const common = a.filter((item) => inB.has(item));
  const inA = new Map(common.map((item, rank) => [item, rank]));
  const ranks = b.flatMap((item) => inA.get(item) ?? []);
  return { tau: kendallTau(ranks), rho: spearman(ranks), shared: common.length };
}

/** Of a permutation of 0..n−1. */
function spearman(ranks: readonly number[]): number | null {
  const n = ranks.length;
  if (n < 2) return null;
  const squares = ranks.reduce((sum, rank, i) => sum + (rank - i) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

/** The share of the first k that both lists hold, ÷ k also where a list is shorter. */
export function overlapAt(k: number, a: Ranking, b: Ranking): number {
  return (overlaps(a, b, k).at(k - 1) ?? 0) / k;
}

/** Mean of overlap@d for d = 1 to the length of the longer list (or `depth`). Two empty lists are 1. */
export function averageOverlap(a: Ranking, b: Ranking, depth = Math.max(a.length, b.length)): number {
  if (depth === 0) return 1;
  return overlaps(a, b, depth).reduce((sum, shared, i) => sum + shared / (i + 1), 0) / depth;
}

/**
 * Rank-biased overlap, truncated: Σ (1 − p) p^(d−1) · overlap@d over the length of the longer list. A lower bound: identical
 * lists of n items give 1 − p^n. Two empty lists are 1.
 * @param p 0 < p < 1; at .9 the first 10 ranks hold 86 % of the weight
 */
export function rboTruncated(a: Ranking, b: Ranking, p = 0.9): number {
  if (a.length === 0 && b.length === 0) return 1;
  const depth = Math.max(a.length, b.length);
  return (1 - p) * overlaps(a, b, depth).reduce((sum, shared, i) => sum + (p ** i * shared) / (i + 1), 0);
}

/**
 * Rank-biased overlap, extrapolated (RBO_ext; Webber, Moffat, Zobel 2010, equation 32): the agreement seen is taken to go on
 * below the lists. Permutations of the same few items are far from 0 by construction. Two empty lists are 1.
 */
export function rboExtrapolated(a: Ranking, b: Ranking, p = 0.9): number {
  const short = Math.min(a.length, b.length);
  const long = Math.max(a.length, b.length);
  if (long === 0) return 1;
  if (short === 0) return 0;
  const shared = overlaps(a, b, long);
  const atShort = shared[short - 1]!;
  const atLong = shared[long - 1]!;
  let sum = 0;
  for (let d = 1; d <= long; d++) {
    const unseen = d > short ? (atShort * (d - short)) / (short * d) : 0;
    sum += p ** d * (shared[d - 1]! / d + unseen);
  }
  return ((1 - p) / p) * sum + ((atLong - atShort) / long + atShort / short) * p ** long;
}

/** How many items the first d of both lists share, for d = 1 to `depth`. */
function overlaps(a: Ranking, b: Ranking, depth: number): number[] {
  const seen = new Set<string>();
  let shared = 0;
  return Array.from({ length: depth }, (_, i) => {
    for (const item of [a[i], b[i]]) {
      if (item === undefined) continue;
      if (seen.has(item)) shared++;
      else seen.add(item);
    }
    return shared;
  });
}
