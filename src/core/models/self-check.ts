import type { TokenChance } from "../llm/port.ts";

/**
 * What a model without golden values is checked with: WebGPU against WASM, on texts that differ in length and meaning.
 * Broken kernels do not miss by a rounding: the reported ones gave vectors at right angles, NaN, or one score for all.
 */
export const CHECK_QUERY = "How is the filter of the pump cleaned?";
export const CHECK_PASSAGES: readonly string[] = [
  "Clean the filter of the pump with vinegar every second week, rinse it, and let it dry before it goes back.",
  "The hut warden counts the blankets.",
  "A pump.",
];

/** fp16 keeps three digits of each number; summed over layers, logits of trained models came within 0.02 of fp32's. */
const LOGIT_SLACK = 0.1;
const LOGIT_SHARE = 0.02;
/** Cosine between the two vectors of a text; fp16 gives 0.9999 and more. */
const LEAST_COSINE = 0.99;

/** Whether two devices gave the same logits, up to rounding. */
export function agreeOnLogits(given: readonly number[], reference: readonly number[]): boolean {
  return (
    given.length === reference.length &&
    reference.every((logit, i) => Math.abs(given[i]! - logit) <= LOGIT_SLACK + LOGIT_SHARE * Math.abs(logit))
  );
}

/** Whether two devices gave the same vectors, up to rounding. @param given rows × dimension, unit length */
export function agreeOnVectors(given: Float32Array, reference: Float32Array, dimension: number): boolean {
  if (given.length !== reference.length || given.length === 0) return false;
  for (let from = 0; from < reference.length; from += dimension) {
    let cosine = 0;
    let length = 0;
    for (let d = from; d < from + dimension; d += 1) {
      cosine += given[d]! * reference[d]!;
      length += reference[d]! ** 2;
    }
    // A row of zeros is a text that the model does not read, on either device.
    if (length > 0 && !(cosine >= LEAST_COSINE)) return false;
  }
  return true;
}

/** 4-bit weights and 16-bit sums over twenty layers move a logarithm by tenths; broken kernels by more than ten. */
const CHANCE_SLACK = 1;

/**
 * Whether two devices find the same first word likely. @param given likeliest first; empty where the answer ends at once
 * @param reference null where there is none to be had
 */
export function agreeOnChances(given: readonly TokenChance[], reference: readonly TokenChance[] | null): boolean {
  const [best] = given;
  if (given.some(({ logprob }) => !Number.isFinite(logprob))) return false;
  if (reference === null) return true;
  if (best === undefined) return reference.length === 0;
  const same = reference.find(({ token }) => token === best.token);
  return same !== undefined && Math.abs(same.logprob - best.logprob) <= CHANCE_SLACK;
}
