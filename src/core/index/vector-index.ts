import type { DocumentId } from "#core/model.ts";

/** A row of a document: the ordinal of its chunk. */
export interface RowRef {
  readonly document: DocumentId;
  readonly row: number;
}

export interface VectorHit extends RowRef {
  /** Dot product of unit vectors: the cosine, −1 to 1. */
  readonly score: number;
}

/**
 * Nearest vectors by cosine, synchronous, filled document by document. Rules V1 to V8 in SPEC.md.
 * All vectors have one dimension; a vector or a query of another one throws MODEL_MISMATCH.
 */
export interface VectorIndex {
  /** Of the vectors held; 0 while there is none. */
  readonly dimension: number;
  /** Rows that a search can find. */
  readonly size: number;
  /**
   * `vectors`: readable.length × dimension, row-major, unit length. Rows with readable 0 are never found.
   * Replaces a document of the same id; copies, so the caller keeps its array.
   */
  add(document: DocumentId, vectors: Float32Array, readable: Uint8Array, dimension: number): void;
  remove(document: DocumentId): void;
  clear(): void;
  /** The k best, score descending, ties by document id, then row. `documents` null = all; unknown ids are ignored. */
  search(query: Float32Array, k: number, documents: readonly DocumentId[] | null): VectorHit[];
  /** NaN where the row is unreadable or unknown. */
  scoresOf(query: Float32Array, rows: readonly RowRef[]): Float32Array;
}

/** An index that looks at every vector. */
export interface ExactIndex extends VectorIndex {
  /** All rows of the documents, one after the other in the order given; NaN where unreadable. Unknown ids contribute nothing. */
  scores(query: Float32Array, documents: readonly DocumentId[]): Float32Array;
  /** Rows held for a document, readable or not; 0 where it is unknown. */
  rowsOf(document: DocumentId): number;
  /** Held documents in id order. */
  documents(): DocumentId[];
  isReadable(ref: RowRef): boolean;
  /** A copy of one vector; throws where the row is unknown. */
  vector(ref: RowRef): Float32Array;
}
