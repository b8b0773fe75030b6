/** `cls`: the first token. `last`: the last token of the text. `mean`: of all its tokens. */
export type Pooling = "mean" | "cls" | "last";

export interface PoolOptions {
  readonly pooling: Pooling;
  /** Layer norm without weights behind the pooling, as nomic-embed-text asks for before its cut. */
  readonly layerNorm: boolean;
  /** Numbers kept of each row (Matryoshka); at most the width of the hidden states. */
  readonly dimension: number;
}

export interface HiddenStates {
  /** Last hidden state, batch × length × width, row-major. */
  readonly values: Float32Array;
  /** Batch × length, 1 for a token, 0 for padding behind it. */
  readonly mask: ArrayLike<number>;
  readonly batch: number;
  readonly length: number;
  readonly width: number;
}

/** As PyTorch's `layer_norm`. */
const EPSILON = 1e-5;

/**
 * Hidden states → one unit vector per text: pooling, layer norm, cut, L2, in the order of sentence-transformers.
 *
 * @param out batch × dimension; a row without any signal stays all zeros
 */
export function pool(hidden: HiddenStates, options: PoolOptions, out: Float32Array): void {
  const { batch, width } = hidden;
  const { dimension } = options;
  const pooled = new Float32Array(width);
  for (let row = 0; row < batch; row += 1) {
    POOLINGS[options.pooling](hidden, row, pooled);
    if (options.layerNorm) layerNorm(pooled);
    const target = out.subarray(row * dimension, (row + 1) * dimension);
    target.set(pooled.subarray(0, dimension));
    normalise(target);
  }
}

const POOLINGS: Readonly<Record<Pooling, (hidden: HiddenStates, row: number, pooled: Float32Array) => void>> = {
  cls: ({ values, length, width }, row, pooled) => take(values, row * length * width, pooled),
  last({ values, mask, length, width }, row, pooled) {
    let last = length - 1;
    while (last > 0 && mask[row * length + last] === 0) last -= 1;
    take(values, (row * length + last) * width, pooled);
  },
  mean({ values, mask, length, width }, row, pooled) {
    pooled.fill(0);
    let tokens = 0;
    for (let token = 0; token < length; token += 1) {
      if (mask[row * length + token] === 0) continue;
      tokens += 1;
      const at = (row * length + token) * width;
      for (let d = 0; d < width; d += 1) pooled[d]! += values[at + d]!;
    }
    if (tokens > 0) for (let d = 0; d < width; d += 1) pooled[d]! /= tokens;
  },
};

function take(values: Float32Array, at: number, pooled: Float32Array): void {
  pooled.set(values.subarray(at, at + pooled.length));
}

function layerNorm(row: Float32Array): void {
  let sum = 0;
  for (const value of row) sum += value;
  const mean = sum / row.length;
  let squares = 0;
  for (const value of row) squares += (value - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / row.length + EPSILON);
  for (let d = 0; d < row.length; d += 1) row[d] = (row[d]! - mean) * scale;
}

/** Scales a vector to unit length in place; zeros stay zeros. */
function normalise(row: Float32Array): void {
  let squares = 0;
  for (const value of row) squares += value * value;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let d = 0; d < row.length; d += 1) row[d]! *= scale;
}
