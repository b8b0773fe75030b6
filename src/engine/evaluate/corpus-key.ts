import { fnv1a64 } from "#core/base/hash.ts";
import type { MaskedSentence } from "#core/evaluate/model.ts";
import type { Chunk, ChunkId } from "#core/model.ts";
import { textKey } from "#core/rerank/score-cache.ts";
import { Breath } from "../breathe.ts";
import type { Library } from "../library.ts";

/** Hashes of texts, kept as long as their chunk: a passage is asked for by every question that finds it. */
export class TextKeys {
  readonly #keys = new WeakMap<Chunk, string>();

  of(chunk: Chunk, text: (chunk: Chunk) => string): string {
    const known = this.#keys.get(chunk);
    if (known !== undefined) return known;
    const key = textKey(text(chunk));
    this.#keys.set(chunk, key);
    return key;
  }
}

type Searched = Pick<Library, "records" | "chunks" | "refused">;

/**
 * Hash over what is searched: every document with the stamp of its vectors, every chunk with its place and text. In no
 * order: the same documents added otherwise are the same corpus. Some 10 ms for a million characters.
 */
export async function corpusKeyOf({ records, chunks, refused }: Searched): Promise<string> {
  const breath = new Breath();
  const lines: string[] = [];
  for (const { id, vectorStamp } of records.values()) {
    lines.push(JSON.stringify([id, vectorStamp, refused.has(id)]));
  }
  for (const chunk of chunks.values()) {
    lines.push(chunkLine(chunk));
    await breath.breathe();
  }
  return fnv1a64(lines.toSorted().join("\n"));
}

function chunkLine({ id, start, end, headings, text }: Chunk): string {
  return `${id as ChunkId} ${start} ${end} ${textKey(text)} ${headings.join(" > ")}`;
}

/** The same corpus without these sentences. */
export function maskedKey(corpusKey: string, masked: readonly MaskedSentence[]): string {
  if (masked.length === 0) return corpusKey;
  const lines = masked.map(({ documentId, start, end }) => `${documentId} ${start} ${end}`);
  return `${corpusKey}-${fnv1a64(lines.toSorted().join("\n"))}`;
}
