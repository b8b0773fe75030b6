import { EngineError } from "#core/base/errors.ts";
import type { RowRef } from "#core/index/vector-index.ts";
import type { DocumentId } from "#core/model.ts";
import type { SearchedDocument } from "#core/retrieve/retrieve.ts";

/** Searched documents laid end to end: row number ↔ document and ordinal. */
export class RowTable {
  readonly documents: readonly SearchedDocument[];
  readonly rows: number;
  readonly #starts = new Map<DocumentId, number>();

  /** `documents` in chunk order. */
  constructor(documents: readonly SearchedDocument[]) {
    this.documents = documents;
    let next = 0;
    for (const { id, chunkIds } of documents) {
      this.#starts.set(id, next);
      next += chunkIds.length;
    }
    this.rows = next;
  }

  startOf(id: DocumentId): number {
    const start = this.#starts.get(id);
    if (start === undefined) throw new EngineError("UNEXPECTED", "a document outside the search", { document: id });
    return start;
  }

  refOf(row: number): RowRef {
    const document = this.documents.findLast(({ id, chunkIds }) => chunkIds.length > 0 && this.startOf(id) <= row);
    if (document === undefined) throw new EngineError("UNEXPECTED", "a row outside the search", { row });
    return { document: document.id, row: row - this.startOf(document.id) };
  }
}
