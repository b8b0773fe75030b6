import type { DocumentId } from "#core/model.ts";
import { checkDocument, checkQuery, compareIds, inOrder, unknownRow } from "./shape.ts";
import type { ExactIndex, RowRef, VectorHit } from "./vector-index.ts";

interface Rows {
  readonly vectors: Float32Array;
  readonly readable: Uint8Array;
}

/** The plain loop: oracle of the other engines, and the engine where WASM SIMD is missing. */
export class ExactJsIndex implements ExactIndex {
  readonly #documents = new Map<DocumentId, Rows>();
  #dimension = 0;

  get dimension(): number {
    return this.#dimension;
  }

  get size(): number {
    let size = 0;
    for (const { readable } of this.#documents.values()) for (const one of readable) size += one === 0 ? 0 : 1;
    return size;
  }

  add(document: DocumentId, vectors: Float32Array, readable: Uint8Array, dimension: number): void {
    const alone = this.#documents.size === 1 && this.#documents.has(document);
    checkDocument(alone ? 0 : this.#dimension, vectors, readable, dimension);
    this.#documents.set(document, { vectors: vectors.slice(), readable: readable.slice() });
    this.#dimension = dimension;
  }

  remove(document: DocumentId): void {
    this.#documents.delete(document);
    if (this.#documents.size === 0) this.#dimension = 0;
  }

  clear(): void {
    this.#documents.clear();
    this.#dimension = 0;
  }

  search(query: Float32Array, k: number, documents: readonly DocumentId[] | null): VectorHit[] {
    checkQuery(this.#dimension, query);
    const hits: VectorHit[] = [];
    for (const document of documents === null ? this.documents() : inOrder(documents)) {
      this.scores(query, [document]).forEach((score, row) => {
        if (!Number.isNaN(score)) hits.push({ document, row, score });
      });
    }
    hits.sort((a, b) => b.score - a.score || compareIds(a.document, b.document) || a.row - b.row);
    return hits.slice(0, Math.max(0, k));
  }

  scores(query: Float32Array, documents: readonly DocumentId[]): Float32Array {
    checkQuery(this.#dimension, query);
    const rows = documents.flatMap((document) =>
      Array.from({ length: this.rowsOf(document) }, (_, row) => ({ document, row })),
    );
    return this.scoresOf(query, rows);
  }

  scoresOf(query: Float32Array, rows: readonly RowRef[]): Float32Array {
    checkQuery(this.#dimension, query);
    return Float32Array.from(rows, ({ document, row }) => {
      const found = this.#documents.get(document);
      if (found === undefined || !this.isReadable({ document, row })) return Number.NaN;
      let sum = 0;
      for (let i = 0; i < query.length; i += 1) sum += query[i]! * found.vectors[row * query.length + i]!;
      return sum;
    });
  }

  rowsOf(document: DocumentId): number {
    return this.#documents.get(document)?.readable.length ?? 0;
  }

  isReadable({ document, row }: RowRef): boolean {
    return (this.#documents.get(document)?.readable[row] ?? 0) !== 0;
  }

  vector({ document, row }: RowRef): Float32Array {
    const found = this.#documents.get(document);
    if (found === undefined || row >= found.readable.length) throw unknownRow(document, row);
    return found.vectors.slice(row * this.#dimension, (row + 1) * this.#dimension);
  }

  documents(): DocumentId[] {
    return inOrder(this.#documents.keys());
  }
}
