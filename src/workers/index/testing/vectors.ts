/** Repeatable numbers in (0, 1): mulberry32. */
function numbers(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Unit vectors, row-major, directions spread evenly enough for tests. */
export function randomRows(rows: number, dimension: number, seed: number): Float32Array {
  const next = numbers(seed);
  const vectors = Float32Array.from({ length: rows * dimension }, () => next() + next() + next() - 1.5);
  for (let row = 0; row < rows; row += 1) {
    const one = vectors.subarray(row * dimension, (row + 1) * dimension);
    const length = Math.hypot(...one);
    one.forEach((value, i) => {
      one[i] = value / length;
    });
  }
  return vectors;
}

export function randomUnit(dimension: number, seed: number): Float32Array {
  return randomRows(1, dimension, seed + 5000);
}
