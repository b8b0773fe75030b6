import { kendallTau } from "../kendall-tau.ts";

/**
 * The order nearest to several orders of the same items: the sum of its Kendall distances to them is small. By mean rank
 * first, then items move wherever that brings it nearer; the exact optimum is NP-hard, for few items this finds it mostly.
 *
 * Source: permutation self-consistency (Tang et al. 2023); Kemeny aggregation by insertion search.
 *
 * @param orders permutations of the same items, the first one breaks ties
 */
export function nearestOrder<T>(orders: readonly (readonly T[])[]): T[] {
  const [first = []] = orders;
  const n = first.length;
  const index = new Map(first.map((item, i) => [item, i]));
  // wins[a·n + b]: in how many orders a stands before b.
  const wins = new Uint32Array(n * n);
  const sum = new Float64Array(n);
  for (const order of orders) {
    const places = order.map((item) => index.get(item)!);
    for (const [i, a] of places.entries()) {
      sum[a]! += i;
      for (let j = i + 1; j < n; j += 1) wins[a * n + places[j]!]! += 1;
    }
  }
  const result = Array.from({ length: n }, (_, i) => i).toSorted((a, b) => sum[a]! - sum[b]! || a - b);
  const gain = (a: number, b: number): number => wins[a * n + b]! - wins[b * n + a]!;
  for (let moved = true; moved;) {
    moved = false;
    for (let from = 0; from < n; from += 1) {
      const item = result[from]!;
      let [best, to] = [0, from];
      for (let value = 0, i = from - 1; i >= 0; i -= 1) {
        value += gain(item, result[i]!);
        if (value > best) [best, to] = [value, i];
      }
      for (let value = 0, i = from + 1; i < n; i += 1) {
        value += gain(result[i]!, item);
        if (value > best) [best, to] = [value, i];
      }
      if (to === from) continue;
      result.splice(from, 1);
      result.splice(to, 0, item);
      moved = true;
    }
  }
  return result.map((i) => first[i]!);
}

/** Seeded orders of the same items: the given one, then shuffles. */
export function shufflesOf<T>(items: readonly T[], count: number, random: () => number): T[][] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? [...items] : shuffled(items, random)));
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** What a shuffle test says of a ranker. */
export interface PositionBias {
  /** Mean Kendall τ between the orders that it gave for different shuffles: 1 = the order it is shown plays no part. */
  readonly agreement: number;
  /** Mean Kendall τ between what it was shown and what it gave, over shuffles: 0 = none, 1 = it repeats what it is shown. */
  readonly copying: number;
}

/** @param shown orders that were shown; @param given what came back for each; null below two */
export function positionBias<T>(
  shown: readonly (readonly T[])[],
  given: readonly (readonly T[])[],
): PositionBias | null {
  if (shown.length < 2 || (shown[0]?.length ?? 0) < 2) return null;
  const pairs = given.flatMap((a, i) => given.slice(i + 1).map((b) => tau(a, b)));
  const copies = given.map((order, i) => tau(shown[i]!, order));
  return { agreement: mean(pairs), copying: mean(copies) };
}

function tau<T>(a: readonly T[], b: readonly T[]): number {
  const place = new Map(a.map((item, i) => [item, i]));
  return kendallTau(b.map((item) => place.get(item)!)) ?? 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
