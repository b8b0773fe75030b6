import type { SearchableDocument, VectorStamp } from "#core/model.ts";

/** Rule S2: equal in everything that a query must share with the vectors it meets. */
export function sameModel(a: VectorStamp, b: VectorStamp): boolean {
  return (
    a.model === b.model &&
    a.revision === b.revision &&
    a.dtype === b.dtype &&
    a.dimension === b.dimension &&
    a.passagePrefix === b.passagePrefix
  );
}

/** Equal in what made the chunks too: made now, these vectors would come out the same. */
export function sameStamp(a: VectorStamp, b: VectorStamp): boolean {
  return (
    sameModel(a, b) &&
    a.chunker === b.chunker &&
    a.chunking.strategy === b.chunking.strategy &&
    a.chunking.size === b.chunking.size &&
    a.chunking.overlap === b.chunking.overlap
  );
}

type Vectors = Pick<SearchableDocument, "vectors" | "readable"> & { readonly dimension: number };

/** Vectors that the next query may not meet are left out: such a document is found by keyword only (rule S2). */
export function usableVectors(document: SearchableDocument, present: VectorStamp | null): Vectors {
  const { record, chunks, vectors, readable } = document;
  const { dimension } = record.vectorStamp;
  if (present !== null && sameModel(record.vectorStamp, present)) return { vectors, readable, dimension };
  return { vectors: new Float32Array(vectors.length), readable: new Uint8Array(chunks.length), dimension };
}
