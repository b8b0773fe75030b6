/**
 * Kendall τ-a between an order and the order that `ranks` (distinct, in the other order's sequence) was taken
 * from: (concordant − discordant) / (n(n−1)/2), by merge sort in O(n log n) (Knight 1966). null below two.
 */
export function kendallTau(ranks: readonly number[]): number | null {
  const n = ranks.length;
  if (n < 2) return null;
  const pairs = (n * (n - 1)) / 2;
  return (pairs - 2 * inversions([...ranks])) / pairs;
}

/** Pairs that stand in falling order; sorts `values`. */
function inversions(values: number[]): number {
  let count = 0;
  let from = values;
  let to = values.slice();
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let out = start; out < end; out++) {
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[out] = from[left++]!;
        else {
          to[out] = from[right++]!;
          count += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
