import type { Chunk, ChunkId, DocumentId } from "#core/model.ts";

/**
 * The chunks of one document as columns; row i of each is chunk i. Ids and ordinals follow from the position.
 * The form of the store and of the library file; reading it is 10 to 25 % faster than an array of objects.
 */
export interface ChunkColumns {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly firstPages: Uint32Array;
  readonly lastPages: Uint32Array;
  readonly tokens: Uint32Array;
  readonly headings: readonly (readonly string[])[];
  readonly texts: readonly string[];
}

/** `<first 16 digits of the document id>:<ordinal>`, as the model defines it. */
export function chunkIdAt(documentId: DocumentId, ordinal: number): ChunkId {
  return `${documentId.slice(0, 16)}:${ordinal}` as ChunkId;
}

/** Lossless for chunks whose ids and ordinals follow the model (`documentFault` says so). */
export function packChunks(chunks: readonly Chunk[]): ChunkColumns {
  return {
    starts: Uint32Array.from(chunks, (chunk) => chunk.start),
    ends: Uint32Array.from(chunks, (chunk) => chunk.end),
    firstPages: Uint32Array.from(chunks, (chunk) => chunk.firstPage),
    lastPages: Uint32Array.from(chunks, (chunk) => chunk.lastPage),
    tokens: Uint32Array.from(chunks, (chunk) => chunk.tokens),
    headings: chunks.map((chunk) => chunk.headings),
    texts: chunks.map((chunk) => chunk.text),
  };
}

export function unpackChunks(documentId: DocumentId, columns: ChunkColumns): Chunk[] {
  return columns.texts.map((text, ordinal) => ({
    id: chunkIdAt(documentId, ordinal),
    documentId,
    ordinal,
    start: columns.starts[ordinal]!,
    end: columns.ends[ordinal]!,
    firstPage: columns.firstPages[ordinal]!,
    lastPage: columns.lastPages[ordinal]!,
    headings: columns.headings[ordinal]!,
    text,
    tokens: columns.tokens[ordinal]!,
  }));
}
