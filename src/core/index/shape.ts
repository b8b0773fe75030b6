import { EngineError } from "#core/base/errors.ts";
import type { DocumentId } from "#core/model.ts";

/** Rule V6: what does not belong to this index is refused before anything changes. */
export function checkDocument(held: number, vectors: Float32Array, readable: Uint8Array, dimension: number): void {
  if (!Number.isInteger(dimension) || dimension < 1 || vectors.length !== readable.length * dimension) {
    throw new EngineError("MODEL_MISMATCH", "vectors do not fill their rows", {
      numbers: vectors.length,
      rows: readable.length,
      dimension,
    });
  }
  if (held !== 0 && held !== dimension) throw new EngineError("MODEL_MISMATCH", "", { expected: held, dimension });
}

export function checkQuery(held: number, query: Float32Array): void {
  if (held !== 0 && query.length !== held) {
    throw new EngineError("MODEL_MISMATCH", "", { expected: held, dimension: query.length });
  }
}

export function unknownRow(document: DocumentId, row: number): EngineError {
  return new EngineError("UNEXPECTED", "the index does not hold this row", { document, row });
}

/** Ids in chunk order, each once. */
export function inOrder(ids: Iterable<DocumentId>): DocumentId[] {
  return Array.from(new Set(ids)).toSorted(compareIds);
}

/** By UTF-16 unit, not by locale: the same order in every browser. */
export function compareIds(a: DocumentId, b: DocumentId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
