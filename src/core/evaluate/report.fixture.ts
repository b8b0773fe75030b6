/** Runs of one target per question, told by the rank at which each cell puts it. */
import type { ChunkId } from "../model.ts";
import type { Cell, CellOutcomes, EvaluationRun, Outcome, Question } from "./model.ts";

/** A cell by the ranks of the answers (0: not in the list; null: did not run), all lists `pool` long. */
export interface ToldCell {
  readonly reranker: string;
  readonly pool: number;
  readonly ranks: readonly (number | null)[];
  readonly milliseconds?: number | null;
  readonly retrieval?: Cell["retrieval"];
}

export function toldRun(cells: readonly ToldCell[], finished = true): EvaluationRun {
  const ids = Array.from(cells[0]!.ranks, (_, i) => `q${i}`);
  const questions = ids.map((id): Question => ({ id, text: `What is ${id}?`, targets: [] }));
  return {
    set: { id: "set", name: "set", origin: "judged", level: "document", questions, madeAt: 0, masked: [] },
    grid: { retrieval: ["dense"], embedders: ["e"], rerankers: [], pools: [] },
    grades: new Map(ids.map((id) => [id, new Map([["answer", 1]])])),
    cells: cells.map((cell) => outcomesOf(cell, ids)),
    corpusKey: "c",
    corpus: { documents: 1, chunks: 1 },
    startedAt: 0,
    finished,
  };
}

function outcomesOf(told: ToldCell, ids: readonly string[]): CellOutcomes {
  const { reranker, pool, retrieval = "dense" } = told;
  const cell: Cell = { key: `${retrieval} ${reranker} ${pool}`, retrieval, embedder: "e", reranker, pool };
  const outcomes = ids.flatMap((id, i) => {
    const rank = told.ranks[i]!;
    return rank === null ? [] : [outcomeOf(id, rank, told)];
  });
  return { cell, outcomes, embedder: null, reranker: null };
}

function outcomeOf(questionId: string, rank: number, { pool, milliseconds = null }: ToldCell): Outcome {
  const items = Array.from({ length: pool }, (_, i) => (i + 1 === rank ? "answer" : `other ${i}`));
  return {
    questionId,
    items,
    chunks: items.map((item) => item as ChunkId),
    ranks: items.map((_, i) => i + 1),
    scores: items.map((_, i) => -i),
    milliseconds,
    fallback: null,
  };
}
