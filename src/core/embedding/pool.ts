/**
 * Mean pooling and L2 normalisation, as sentence-transformers does it.
 *
 * @param hidden last hidden state, batch × length × dimension, row-major
 * @param mask batch × length, 1 for a token, 0 for padding
 * @param out batch × dimension, unit rows; a row without any signal stays all zeros
 */
export function meanPool(
  hidden: Float32Array,
  mask: ArrayLike<number>,
  batch: number,
  length: number,
  dimension: number,
  out: Float32Array,
): void {
  for (let b = 0; b < batch; b += 1) {
    const row = out.subarray(b * dimension, (b + 1) * dimension);
    row.fill(0);
    for (let t = 0; t < length; t += 1) {
      if (mask[b * length + t] === 0) continue;
      const at = (b * length + t) * dimension;
      for (let d = 0; d < dimension; d += 1) row[d]! += hidden[at + d]!;
    }
    normalise(row);
  }
}

/** Scales a vector to unit length in place; zeros stay zeros. The mean's divisor falls out with the scale. */
function normalise(row: Float32Array): void {
  let squares = 0;
  for (const value of row) squares += value * value;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let d = 0; d < row.length; d += 1) row[d]! *= scale;
}
