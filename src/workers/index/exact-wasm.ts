import { EngineError } from "#core/base/errors.ts";
import { ExactJsIndex } from "#core/index/exact-js.ts";
import { checkDocument, checkQuery, inOrder, unknownRow } from "#core/index/shape.ts";
import type { ExactIndex, RowRef, VectorHit } from "#core/index/vector-index.ts";
import type { DocumentId } from "#core/model.ts";
import { rankRows } from "#core/retrieve/ranking.ts";
import { hasSimd } from "./kernel/kernel.ts";
import { RowMemory } from "./row-memory.ts";

/** The exact scan: SIMD where the runtime has it, else the plain loop. */
export function createExactIndex(): ExactIndex {
  return hasSimd() ? new ExactWasmIndex() : new ExactJsIndex();
}

interface Block {
  first: number;
  readonly rows: number;
  /** null = all. */
  readonly readable: Uint8Array | null;
}

/**
 * Every vector in one WASM memory, each search one scan over it. Documents are blocks of rows without gaps;
 * removing one moves the blocks behind it down, so the memory of a removed document is used by the next.
 * float32 throughout: int8 would scan four times faster, but every chunk's exact rank is shown.
 */
export class ExactWasmIndex implements ExactIndex {
  /** In the order of their rows. */
  readonly #blocks = new Map<DocumentId, Block>();
  #memory: RowMemory | null = null;
  #dimension = 0;
  #rows = 0;
  #size = 0;

  get dimension(): number {
    return this.#dimension;
  }

  get size(): number {
    return this.#size;
  }

  add(document: DocumentId, vectors: Float32Array, readable: Uint8Array, dimension: number): void {
    const alone = this.#blocks.size === 1 && this.#blocks.has(document);
    checkDocument(alone ? 0 : this.#dimension, vectors, readable, dimension);
    const memory = this.#memory !== null && this.#dimension === dimension ? this.#memory : new RowMemory(dimension);
    memory.reserve(this.#rows - this.rowsOf(document) + readable.length);
    this.remove(document);
    this.#memory = memory;
    this.#dimension = dimension;
    memory.write(this.#rows, vectors);
    const unreadable = readable.some((one) => one === 0);
    this.#blocks.set(document, {
      first: this.#rows,
      rows: readable.length,
      readable: unreadable ? readable.slice() : null,
    });
    this.#rows += readable.length;
    this.#size += countReadable(readable);
  }

  remove(document: DocumentId): void {
    const gone = this.#blocks.get(document);
    if (gone === undefined || this.#memory === null) return;
    this.#blocks.delete(document);
    if (this.#blocks.size === 0) {
      this.clear();
      return;
    }
    const behind = gone.first + gone.rows;
    this.#memory.shift(behind, this.#rows, gone.rows);
    for (const block of this.#blocks.values()) if (block.first >= behind) block.first -= gone.rows;
    this.#rows -= gone.rows;
    this.#size -= gone.readable === null ? gone.rows : countReadable(gone.readable);
  }

  /** WASM memory never shrinks; dropping it is the only way to give it back. */
  clear(): void {
    this.#blocks.clear();
    this.#memory = null;
    this.#dimension = 0;
    this.#rows = 0;
    this.#size = 0;
  }

  search(query: Float32Array, k: number, documents: readonly DocumentId[] | null): VectorHit[] {
    const searched = documents === null ? this.documents() : inOrder(documents);
    const { order, scores } = rankRows(this.scores(query, searched));
    const starts: number[] = [];
    let next = 0;
    for (const document of searched) {
      starts.push(next);
      next += this.rowsOf(document);
    }
    return Array.from(order.subarray(0, Math.max(0, k)), (flat) => {
      const at = starts.findLastIndex((start) => start <= flat);
      const document = searched[at];
      if (document === undefined) throw new EngineError("UNEXPECTED", "row without a document", { row: flat });
      return { document, row: flat - (starts[at] ?? 0), score: scores[flat] ?? Number.NaN };
    });
  }

  scores(query: Float32Array, documents: readonly DocumentId[]): Float32Array {
    checkQuery(this.#dimension, query);
    const blocks = documents.flatMap((document) => this.#blocks.get(document) ?? []);
    const out = new Float32Array(blocks.reduce((sum, block) => sum + block.rows, 0));
    if (this.#memory === null) return out;
    this.#memory.query(query);
    let offset = 0;
    for (const { first, rows, readable } of blocks) {
      this.#memory.score(first, rows, out, offset);
      if (readable !== null)
        for (let row = 0; row < rows; row += 1) if (readable[row] === 0) out[offset + row] = Number.NaN;
      offset += rows;
    }
    return out;
  }

  scoresOf(query: Float32Array, rows: readonly RowRef[]): Float32Array {
    checkQuery(this.#dimension, query);
    const out = new Float32Array(rows.length).fill(Number.NaN);
    this.#memory?.query(query);
    rows.forEach(({ document, row }, i) => {
      const block = this.#blocks.get(document);
      if (block === undefined || !this.isReadable({ document, row })) return;
      this.#memory?.score(block.first + row, 1, out, i);
    });
    return out;
  }

  isReadable({ document, row }: RowRef): boolean {
    const block = this.#blocks.get(document);
    return block !== undefined && row < block.rows && block.readable?.[row] !== 0;
  }

  vector({ document, row }: RowRef): Float32Array {
    const block = this.#blocks.get(document);
    if (block === undefined || row >= block.rows || this.#memory === null) throw unknownRow(document, row);
    return this.#memory.read(block.first + row);
  }

  rowsOf(document: DocumentId): number {
    return this.#blocks.get(document)?.rows ?? 0;
  }

  documents(): DocumentId[] {
    return inOrder(this.#blocks.keys());
  }
}

function countReadable(readable: Uint8Array): number {
  return readable.reduce((sum, one) => sum + (one === 0 ? 0 : 1), 0);
}
