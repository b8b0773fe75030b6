import { EngineError, toEngineError } from "#core/base/errors.ts";
import { checkQuery, compareIds } from "#core/index/shape.ts";
import type { ExactIndex, RowRef, VectorHit, VectorIndex } from "#core/index/vector-index.ts";
import type { DocumentId } from "#core/model.ts";
import { DistinctVectors, type Group } from "./distinct-vectors.ts";

/** The part of voy-search's class that is safe to use: never `serialize`, which needs gigabytes. */
interface Tree {
  add(resource: { embeddings: { id: string; title: string; url: string; embeddings: number[] }[] }): void;
  remove(resource: { embeddings: { id: string; title: string; url: string; embeddings: number[] }[] }): void;
  search(query: Float32Array, k: number): { neighbors: { id: string }[] };
  free(): void;
}
export type NewTree = () => Tree;

export const VOY_LIMITS = {
  /** Longer vectors are cut without a word, so that different ones become equal. */
  dimension: 768,
  /** 4 s to build and 200 MB; at 50,000 it is 9 s and 510 MB. */
  rows: 20_000,
} as const;

/**
 * The k-d tree of voy-search over the vectors of an exact index, which supplies what the tree lacks:
 * scores, the order of ties, and an exact answer where a filter leaves too few hits. Rules V9 to V13.
 * A failure throws INDEX_FAILED and drops the tree; the store stays right, so the caller goes on with it.
 */
export class VoyIndex implements VectorIndex {
  readonly #store: ExactIndex;
  readonly #newTree: NewTree;
  #tree: Tree | null = null;
  #distinct = new DistinctVectors();
  #broken: EngineError | null = null;

  constructor(store: ExactIndex, newTree: NewTree) {
    this.#store = store;
    this.#newTree = newTree;
  }

  get dimension(): number {
    return this.#store.dimension;
  }

  get size(): number {
    return this.#store.size;
  }

  add(document: DocumentId, vectors: Float32Array, readable: Uint8Array, dimension: number): void {
    this.#store.add(document, vectors, readable, dimension);
    if (this.#tree === null) return;
    if (this.#refusal() !== null) this.#drop();
    else {
      this.#guard((tree) => {
        this.#forget(tree, document);
        this.#insert(tree, document);
      });
    }
  }

  remove(document: DocumentId): void {
    this.#store.remove(document);
    this.#guard((tree) => this.#forget(tree, document));
    // What broke the tree may be gone with the document.
    this.#broken = null;
  }

  clear(): void {
    this.#store.clear();
    this.#drop();
    this.#broken = null;
  }

  search(query: Float32Array, k: number, documents: readonly DocumentId[] | null): VectorHit[] {
    checkQuery(this.dimension, query);
    if (this.size === 0 || k < 1) return [];
    const refusal = this.#refusal() ?? this.#broken;
    if (refusal !== null) throw refusal;
    this.#build();
    // Near ties beyond the k-th may belong before it once scored; a filter needs more.
    const asked = Math.min(this.#distinct.size, documents === null ? k + 16 : 4 * k + 64);
    const groups = this.#nearest(query, asked);
    const wanted = documents === null ? null : new Set(documents);
    const rows = groups.flatMap((group) => group.rows).filter((ref) => wanted === null || wanted.has(ref.document));
    const complete = groups.length === this.#distinct.size;
    if (!complete && (groups.length < asked || rows.length < k)) return this.#store.search(query, k, documents);
    return this.#scored(query, rows).slice(0, k);
  }

  scoresOf(query: Float32Array, rows: readonly RowRef[]): Float32Array {
    return this.#store.scoresOf(query, rows);
  }

  #refusal(): EngineError | null {
    const { dimension, size } = this;
    if (dimension > VOY_LIMITS.dimension) {
      return new EngineError("INDEX_FAILED", "", {
        engine: "voy",
        reason: "dimension",
        dimension,
        most: VOY_LIMITS.dimension,
      });
    }
    if (size > VOY_LIMITS.rows) {
      return new EngineError("INDEX_FAILED", "", { engine: "voy", reason: "rows", rows: size, most: VOY_LIMITS.rows });
    }
    return null;
  }

  #build(): void {
    if (this.#tree !== null) return;
    this.#distinct = new DistinctVectors();
    this.#tree = this.#newTree();
    this.#guard((tree) => {
      for (const document of this.#store.documents()) this.#insert(tree, document);
    });
    if (this.#broken !== null) throw this.#broken;
  }

  #insert(tree: Tree, document: DocumentId): void {
    const fresh: Group[] = [];
    for (let row = 0; row < this.#store.rowsOf(document); row += 1) {
      if (!this.#store.isReadable({ document, row })) continue;
      const group = this.#distinct.add({ document, row }, this.#store.vector({ document, row }));
      if (group !== undefined) fresh.push(group);
    }
    if (fresh.length > 0) tree.add(resource(fresh));
  }

  #forget(tree: Tree, document: DocumentId): void {
    const gone = this.#distinct.remove(document);
    if (gone.length > 0) tree.remove(resource(gone));
  }

  #nearest(query: Float32Array, k: number): Group[] {
    const hits = this.#guard((tree) => tree.search(query, k).neighbors);
    if (hits === undefined)
      throw this.#broken ?? new EngineError("INDEX_FAILED", "", { engine: "voy", reason: "crashed" });
    return hits.flatMap(({ id }) => this.#distinct.group(id) ?? []);
  }

  #scored(query: Float32Array, rows: readonly RowRef[]): VectorHit[] {
    const scores = this.#store.scoresOf(query, rows);
    return rows
      .map((ref, i) => ({ ...ref, score: scores[i] ?? Number.NaN }))
      .filter((hit) => !Number.isNaN(hit.score))
      .toSorted((a, b) => b.score - a.score || compareIds(a.document, b.document) || a.row - b.row);
  }

  /** A panic leaves the tree locked for ever, `free` included: it is abandoned, and its memory lost until the worker ends. */
  #guard<R>(use: (tree: Tree) => R): R | undefined {
    if (this.#tree === null) return undefined;
    try {
      return use(this.#tree);
    } catch (thrown) {
      const { message } = toEngineError(thrown);
      this.#broken = new EngineError("INDEX_FAILED", message, { engine: "voy", reason: "crashed" }, thrown);
      this.#tree = null;
      this.#distinct = new DistinctVectors();
      return undefined;
    }
  }

  #drop(): void {
    this.#guard((tree) => tree.free());
    this.#tree = null;
    this.#distinct = new DistinctVectors();
  }
}

/** voy identifies an item by id, title and url together, and takes plain arrays only. */
function resource(groups: readonly Group[]): Parameters<Tree["add"]>[0] {
  return {
    embeddings: groups.map(({ key, vector }) => ({ id: key, title: "", url: "", embeddings: Array.from(vector) })),
  };
}
