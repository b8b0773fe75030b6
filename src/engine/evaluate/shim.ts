import type { MaskedSentence } from "#core/evaluate/model.ts";
import type { Chunk } from "#core/model.ts";

/** Stands in until core/evaluate has them. */
export function withoutMasked(chunk: Chunk, masked: readonly MaskedSentence[]): Chunk {
  let { text } = chunk;
  for (const { documentId, start, end } of masked.toSorted((a, b) => b.start - a.start)) {
    if (documentId !== chunk.documentId || end <= chunk.start || start >= chunk.end) continue;
    text = text.slice(0, Math.max(0, start - chunk.start)) + text.slice(end - chunk.start);
  }
  return text === chunk.text ? chunk : { ...chunk, text };
}
