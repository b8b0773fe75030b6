/**
 * Texts per run. On WASM a batch brings nothing and padding is pure loss, so it stays small; the number is
 * fixed, because q8 activations are scaled per batch and vectors should not depend on how texts were grouped.
 */
export const EMBED_BATCH = 4;
