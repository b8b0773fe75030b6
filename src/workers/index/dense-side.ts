import { EngineError, type ErrorData, toEngineError } from "#core/base/errors.ts";
import type { ExactIndex, RowRef } from "#core/index/vector-index.ts";
import type { DocumentId, IndexEngine } from "#core/model.ts";
import { rankRows, ranksOf, type StageRanking } from "#core/retrieve/ranking.ts";
import type { RowTable } from "./row-table.ts";
import { VoyIndex, type NewTree } from "./voy-index.ts";

export interface DenseAnswer {
  readonly stage: StageRanking;
  readonly engine: IndexEngine;
  /** Why voy was asked for and not used. */
  readonly fallback: ErrorData | null;
}

export interface DenseRequest {
  readonly query: Float32Array;
  readonly engine: IndexEngine;
  /** The searched documents and their rows. */
  readonly table: RowTable;
  /** The filter as asked; null = all. */
  readonly documents: readonly DocumentId[] | null;
  /** How many rows voy is asked for. */
  readonly depth: number;
  /** Rows that other stages found: they get their cosine, whatever the engine. */
  readonly others: Uint32Array;
}

/** The vectors of one dimension: an exact index, and over it the k-d tree once somebody asks for it. */
export class DenseSide {
  readonly #exact: ExactIndex;
  #voy: VoyIndex | null = null;

  constructor(exact: ExactIndex) {
    this.#exact = exact;
  }

  add(document: DocumentId, vectors: Float32Array, readable: Uint8Array, dimension: number): void {
    (this.#voy ?? this.#exact).add(document, vectors, readable, dimension);
  }

  remove(document: DocumentId): void {
    (this.#voy ?? this.#exact).remove(document);
  }

  rank(request: DenseRequest, newTree: NewTree | EngineError | null): DenseAnswer {
    if (request.engine === "exact") return { stage: this.#rankAll(request), engine: "exact", fallback: null };
    try {
      if (newTree === null || newTree instanceof EngineError) throw newTree ?? new EngineError("INDEX_FAILED");
      this.#voy ??= new VoyIndex(this.#exact, newTree);
      return { stage: rankFound(this.#voy, request), engine: "voy", fallback: null };
    } catch (thrown) {
      const error = toEngineError(thrown, "INDEX_FAILED");
      if (error.code !== "INDEX_FAILED") throw error;
      return { stage: this.#rankAll(request), engine: "exact", fallback: error.data };
    }
  }

  #rankAll({ query, table }: DenseRequest): StageRanking {
    const scores = new Float32Array(table.rows).fill(Number.NaN);
    const held = table.documents.filter(({ id }) => this.#exact.rowsOf(id) > 0).map(({ id }) => id);
    const found = this.#exact.scores(query, held);
    let from = 0;
    for (const id of held) {
      const rows = this.#exact.rowsOf(id);
      scores.set(found.subarray(from, from + rows), table.startOf(id));
      from += rows;
    }
    return rankRows(scores);
  }
}

/** voy ranks what it finds; rows it did not return have a cosine where another stage shows them, and no rank. */
function rankFound(voy: VoyIndex, { query, table, documents, depth, others }: DenseRequest): StageRanking {
  const hits = voy.search(query, depth, documents);
  const scores = new Float32Array(table.rows).fill(Number.NaN);
  const order = Uint32Array.from(hits, (hit) => table.startOf(hit.document) + hit.row);
  hits.forEach((hit, i) => {
    scores[order[i] ?? 0] = hit.score;
  });
  const unknown = others.filter((row) => Number.isNaN(scores[row]));
  const refs: RowRef[] = Array.from(unknown, (row) => table.refOf(row));
  voy.scoresOf(query, refs).forEach((score, i) => {
    scores[unknown[i] ?? 0] = score;
  });
  return { scores, ranks: ranksOf(order, table.rows), order };
}
