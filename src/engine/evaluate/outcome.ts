import type { Cell, Outcome, Question, QuestionSet } from "#core/evaluate/model.ts";
import { itemsOf } from "#core/evaluate/items.ts";
import type { Candidate, Chunk, ChunkId } from "#core/model.ts";
import { rankByLogits } from "#core/rerank/rank.ts";
import type { PageStarts } from "./page-starts.ts";
import type { Found } from "./retrievals.ts";
import type { Scored } from "./scores.ts";

interface Row {
  readonly chunk: Chunk;
  readonly score: number;
}

/** What a cell made of a question, from what was found and scored for all cells. */
export async function outcomeOf(
  question: Question,
  level: QuestionSet["level"],
  cell: Cell,
  found: Found,
  scored: Scored | null,
  chunks: ReadonlyMap<ChunkId, Chunk>,
  pages: PageStarts,
): Promise<Outcome> {
  const pool = found.candidates.slice(0, cell.pool);
  const rows = scored === null ? asRetrieved(pool, cell, chunks) : reranked(pool, scored, chunks);
  const ranked = rows.map(({ chunk }) => chunk);
  if (level === "page") await pages.meet(ranked);
  const list = itemsOf(ranked, question.targets, level, (chunk) => pages.mainPage(chunk));
  return {
    questionId: question.id,
    items: list.items,
    // The library's own strings: those that came from the worker and the store would be one copy for each outcome.
    chunks: list.ranks.map((rank) => rows[rank - 1]!.chunk.id),
    ranks: list.ranks,
    scores: list.ranks.map((rank) => rows[rank - 1]!.score),
    milliseconds: millisecondsOf(pool, found, scored),
    fallback: found.fallback ?? scored?.fallback ?? null,
  };
}

function asRetrieved(pool: readonly Candidate[], cell: Cell, chunks: ReadonlyMap<ChunkId, Chunk>): Row[] {
  return pool.flatMap((candidate) => {
    const chunk = chunks.get(candidate.chunkId);
    // A question that no model read was answered by keyword.
    const sorted = candidate[cell.retrieval] ?? candidate.keyword;
    return chunk === undefined ? [] : [{ chunk, score: sorted?.score ?? Number.NaN }];
  });
}

function reranked(pool: readonly Candidate[], { logits }: Scored, chunks: ReadonlyMap<ChunkId, Chunk>): Row[] {
  return rankByLogits(pool, logits).flatMap(({ candidate, logit }) => {
    const chunk = chunks.get(candidate.chunkId);
    return chunk === undefined ? [] : [{ chunk, score: logit ?? Number.NaN }];
  });
}

/** Null as soon as one part of it was known before: then nobody measured the whole. */
function millisecondsOf(pool: readonly Candidate[], found: Found, scored: Scored | null): number | null {
  if (found.milliseconds === null) return null;
  let sum = found.milliseconds;
  if (scored === null) return sum;
  for (const { chunkId } of pool) {
    const spent = scored.milliseconds.get(chunkId);
    if (spent === undefined) return null;
    sum += spent;
  }
  return sum;
}
