/**
 * What a pair classifier's outputs mean. `logit`: one number, higher is more relevant. `two-logits`: irrelevant and
 * relevant; their difference sorts as their softmax does, and does not saturate.
 */
export type Head = "logit" | "two-logits";

/** Numbers that the graph gives for each pair. */
export const HEAD_WIDTH: Readonly<Record<Head, number>> = { logit: 1, "two-logits": 2 };

/**
 * Raw outputs → one logit per pair.
 *
 * @param outputs pairs × HEAD_WIDTH, row-major
 */
export function toLogits(outputs: Float32Array, head: Head): Float32Array {
  if (head === "logit") return Float32Array.from(outputs);
  return Float32Array.from({ length: outputs.length / 2 }, (_, pair) => outputs[2 * pair + 1]! - outputs[2 * pair]!);
}
