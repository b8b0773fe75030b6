import { EngineError } from "#core/base/errors.ts";
import type { Candidate, ChunkId, DocumentId, RetrievalMode, StageScore } from "#core/model.ts";
import { fuse } from "./fusion.ts";
import { rankRows, type StageRanking } from "./ranking.ts";

/** The searched documents in the order of their rows. */
export interface SearchedDocument {
  readonly id: DocumentId;
  readonly chunkIds: readonly ChunkId[];
}

export interface RetrievalStages {
  /** null where there is no query vector. */
  readonly dense: StageRanking | null;
  readonly keyword: StageRanking;
}

/**
 * The best `limit` chunks by the mode's own score, each with score and rank of every stage (rules Q1 to Q7 in README.md).
 * `dense` without a query vector finds nothing; choosing another mode is the caller's decision.
 */
export function candidates(
  documents: readonly SearchedDocument[],
  { dense, keyword }: RetrievalStages,
  mode: RetrievalMode,
  limit: number,
): Candidate[] {
  const rows = documents.reduce((sum, document) => sum + document.chunkIds.length, 0);
  for (const stage of [dense, keyword]) {
    if (stage !== null && stage.scores.length !== rows) {
      throw new EngineError("UNEXPECTED", "a stage scored other rows", { rows, scored: stage.scores.length });
    }
  }
  const fused = fuse(dense === null ? [keyword] : [dense, keyword], rows);
  const sorting = { dense, keyword, fused }[mode];
  if (sorting === null) return [];
  const chunkAt = rowFinder(documents);
  return Array.from(sorting.order.subarray(0, Math.max(0, limit)), (row, i) => ({
    ...chunkAt(row),
    rank: i + 1,
    dense: stageScore(dense, row),
    keyword: stageScore(keyword, row),
    fused: stageScore(fused, row),
  }));
}

/** The keyword stage from BM25 scores: a chunk without any word of the query has none. */
export function keywordStage(scores: Float32Array): StageRanking {
  return rankRows(scores, 0);
}

function stageScore(stage: StageRanking | null, row: number): StageScore | null {
  const score = stage?.scores[row] ?? Number.NaN;
  if (stage === null || Number.isNaN(score)) return null;
  const rank = stage.ranks[row] ?? 0;
  return { score, rank: rank === 0 ? null : rank };
}

function rowFinder(
  documents: readonly SearchedDocument[],
): (row: number) => { documentId: DocumentId; chunkId: ChunkId } {
  const starts: number[] = [];
  let next = 0;
  for (const { chunkIds } of documents) {
    starts.push(next);
    next += chunkIds.length;
  }
  return (row) => {
    const at = starts.findLastIndex((start) => start <= row);
    const document = documents[at];
    const chunkId = document?.chunkIds[row - (starts[at] ?? 0)];
    if (document === undefined || chunkId === undefined)
      throw new EngineError("UNEXPECTED", "row without a chunk", { row });
    return { documentId: document.id, chunkId };
  };
}
