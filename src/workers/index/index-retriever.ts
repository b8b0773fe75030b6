import { EngineError } from "#core/base/errors.ts";
import { Bm25 } from "#core/index/bm25.ts";
import { SegmentBuilder } from "#core/index/segment.ts";
import { inOrder } from "#core/index/shape.ts";
import type { ExactIndex } from "#core/index/vector-index.ts";
import type { Chunk, ChunkId, DocumentId } from "#core/model.ts";
import type { Retrieval, RetrieveRequest, Retriever, Signal } from "#core/ports.ts";
import { FUSION_DEPTH } from "#core/retrieve/fusion.ts";
import { candidates, keywordStage } from "#core/retrieve/retrieve.ts";
import { DenseSide, type DenseAnswer } from "./dense-side.ts";
import { RowTable } from "./row-table.ts";
import type { NewTree } from "./voy-index.ts";

/** What the index keeps of a document; offsets and pages stay outside. */
export interface IndexedDocument {
  readonly id: DocumentId;
  readonly chunks: readonly Pick<Chunk, "id" | "text">[];
  readonly vectors: Float32Array;
  readonly readable: Uint8Array;
  readonly dimension: number;
}

export interface RetrieverParts {
  readonly newExact: () => ExactIndex;
  /** Loads the k-d tree engine; called when it is first asked for. */
  readonly loadVoy: () => Promise<NewTree | EngineError>;
  /** Lets questions in between two slices of a long document. */
  readonly pause: () => Promise<void>;
}

/** Chunks tokenized between two pauses: some milliseconds. */
const SLICE = 64;

/** Keyword and vector search over the whole library, in memory. Rules P1 to P6 in README.md. */
export class IndexRetriever implements Retriever {
  readonly #parts: RetrieverParts;
  readonly #chunkIds = new Map<DocumentId, readonly ChunkId[]>();
  readonly #keyword = new Bm25();
  /** By dimension: vectors of another model than the query's are never compared with it (rule S2). */
  readonly #dense = new Map<number, DenseSide>();
  #changes: Promise<void> = Promise.resolve();

  constructor(parts: RetrieverParts) {
    this.#parts = parts;
  }

  add(document: IndexedDocument): Promise<void> {
    return this.#change(async () => {
      const builder = new SegmentBuilder();
      for (const [i, { text }] of document.chunks.entries()) {
        if (i > 0 && i % SLICE === 0) await this.#parts.pause();
        builder.add(text);
      }
      const { id, chunks, vectors, readable, dimension } = document;
      if (readable.length !== chunks.length) {
        throw new EngineError("UNEXPECTED", "not one row per chunk", { chunks: chunks.length, rows: readable.length });
      }
      const side = this.#dense.get(dimension) ?? new DenseSide(this.#parts.newExact());
      // First what can fail: out of memory must leave the library as it was.
      side.add(id, vectors, readable, dimension);
      this.#dense.set(dimension, side);
      for (const [other, held] of this.#dense) if (other !== dimension) held.remove(id);
      this.#keyword.add(id, builder);
      this.#chunkIds.set(
        id,
        document.chunks.map((chunk) => chunk.id),
      );
    });
  }

  remove(id: DocumentId): Promise<void> {
    return this.#change(async () => {
      this.#chunkIds.delete(id);
      this.#keyword.remove(id);
      for (const side of this.#dense.values()) side.remove(id);
    });
  }

  clear(): Promise<void> {
    return this.#change(async () => {
      this.#chunkIds.clear();
      this.#keyword.clear();
      this.#dense.clear();
    });
  }

  async retrieve(request: RetrieveRequest, signal: Signal): Promise<Retrieval> {
    signal.throwIfAborted();
    const started = performance.now();
    const { text, mode, limit, engine, documents } = request;
    // A vector of zeros is a query without a known token: every cosine would be 0.
    const query = request.vector?.some((value) => value !== 0) === true ? request.vector : null;
    const newTree = engine === "voy" && query !== null ? await this.#parts.loadVoy() : null;
    signal.throwIfAborted();
    // From here on nothing waits, so the library cannot change midway.
    const table = this.#table(documents);
    const keyword = keywordStage(
      this.#keyword.scores(
        text,
        table.documents.map(({ id }) => id),
      ),
    );
    const depth = Math.max(limit, FUSION_DEPTH);
    const others = keyword.order.subarray(0, depth);
    const side = query === null ? undefined : this.#dense.get(query.length);
    const dense: DenseAnswer | undefined =
      query === null ? undefined : side?.rank({ query, engine, table, documents, depth, others }, newTree);
    return {
      candidates: candidates(table.documents, { dense: dense?.stage ?? null, keyword }, mode, limit),
      searched: table.rows,
      engine: dense?.engine ?? engine,
      fallback: dense?.fallback ?? null,
      milliseconds: performance.now() - started,
    };
  }

  #table(filter: readonly DocumentId[] | null): RowTable {
    const ids = inOrder(filter ?? this.#chunkIds.keys());
    return new RowTable(
      ids.flatMap((id) => {
        const chunkIds = this.#chunkIds.get(id);
        return chunkIds === undefined ? [] : [{ id, chunkIds }];
      }),
    );
  }

  /** One change after the other: a document removed while it is being added must end up removed. */
  #change(work: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => {});
    return done;
  }
}
