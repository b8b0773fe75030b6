import { EngineError } from "#core/base/errors.ts";
import { MOST_UNKNOWN } from "#core/embedding/unknown.ts";
import type {
  Chunk,
  ChunkSettings,
  DocumentId,
  DocumentRecord,
  DocumentWarning,
  Page,
  Progress,
  SearchableDocument,
  VectorStamp,
} from "#core/model.ts";
import type { Embedder, Signal } from "#core/ports.ts";
import { EMBED_SLICE } from "./limits.ts";

export interface Prepared {
  readonly chunks: readonly Chunk[];
  readonly vectors: Float32Array;
  readonly readable: Uint8Array;
  readonly vectorStamp: VectorStamp;
}

/**
 * Pages → chunks → vectors, with the model the embedder holds now. Also how a document moves to another model or to
 * other chunks.
 *
 * @param previous the document as it was stored, whose vectors are reused where nothing changed; null for a new one
 */
export async function prepare(
  embedder: Embedder,
  id: DocumentId,
  pages: readonly Page[],
  chunking: ChunkSettings,
  _previous: SearchableDocument | null,
  signal: Signal,
  onProgress: (progress: Progress) => void,
): Promise<Prepared> {
  const vectorStamp = await embedder.vectorStamp(chunking);
  const chunks = await embedder.chunk(id, pages, vectorStamp.chunking, signal);
  if (chunks.length === 0) throw new EngineError("PDF_NO_TEXT", "no chunk", { pages: pages.length });
  const { dimension } = vectorStamp;
  const vectors = new Float32Array(chunks.length * dimension);
  const readable = new Uint8Array(chunks.length);
  for (let from = 0; from < chunks.length; from += EMBED_SLICE) {
    signal.throwIfAborted();
    const slice = chunks.slice(from, from + EMBED_SLICE);
    const made = await embedder.embed(
      slice.map((chunk) => chunk.text),
      "passage",
      signal,
      () => {},
    );
    vectors.set(made.vectors, from * dimension);
    made.unknown.forEach((share, i) => (readable[from + i] = share > MOST_UNKNOWN ? 0 : 1));
    onProgress({ done: from + slice.length, of: chunks.length });
  }
  return { chunks, vectors, readable, vectorStamp };
}

/** A guessed encoding is worth a word, but nothing is missing. */
export function stateOf(warnings: readonly DocumentWarning[]): DocumentRecord["state"] {
  return warnings.some(({ kind }) => kind !== "encoding-guessed") ? "partial" : "ready";
}

/** What a person should know about a document's text. */
export function warningsOf(pages: readonly Page[], readable: Uint8Array): DocumentWarning[] {
  const count = (quality: Page["quality"]): number => pages.filter((page) => page.quality === quality).length;
  const warnings: DocumentWarning[] = [];
  const scanned = count("scan");
  const empty = count("no-text") + scanned;
  const garbled = count("garbled");
  const unread = readable.filter((flag) => flag === 0).length;
  if (empty > 0) warnings.push({ kind: "pages-without-text", pages: empty, scanned, of: pages.length });
  if (garbled > 0) warnings.push({ kind: "pages-garbled", pages: garbled, of: pages.length });
  if (unread > 0) warnings.push({ kind: "language-not-read", chunks: unread, of: readable.length });
  return warnings;
}
