/**
 * Larger files are refused before they are read: pdf.js holds the whole file and its parsed objects in
 * memory, a few times the size on disk, and a tab dies at 2 to 4 GB without a chance to say why.
 */
export const MAX_FILE_BYTES = 256 * 2 ** 20;

/** Characters. The bundled models read 61 tokens of a question; a pasted page is a mistake worth naming. */
export const MAX_QUERY_LENGTH = 2_000;

/** Chunks per embedding call: small enough that a question asked meanwhile waits for one slice only. */
export const EMBED_SLICE = 32;
