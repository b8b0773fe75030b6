import { BUNDLED, type Candidate, type ChunkId, type Ranked } from "../model.ts";
import { ordersPools, RERANK_API } from "./llm/settings.ts";
import { rankByLogits } from "./rank.ts";

/**
 * How much of a pool a re-ranker scores. `full`: all of it. `cascade`: the bundled one scores all of it, the chosen one
 * its first ten. `fast`: in the order of retrieval until the top has settled.
 */
export type Way = "full" | "cascade" | "fast";

export interface Chosen {
  /** The re-ranker's own id. */
  readonly model: string;
  readonly way: Way;
}

/** `<id>`, `<id>~cascade` or `<id>~fast`, as it stands in settings and grids. */
export function chosenOf(reranker: string): Chosen {
  const [, model = reranker, way = "full"] = /^(.*)~(cascade|fast)$/.exec(reranker) ?? [];
  return { model, way: way as Way };
}

export function rerankerId({ model, way }: Chosen): string {
  return way === "full" ? model : `${model}~${way}`;
}

/**
 * A cascade of the bundled one behind itself would score twice and change nothing. What orders a pool as a whole, or
 * scores it in one call, has no scores on the way that could settle.
 */
export function waysOf(model: string): readonly Way[] {
  if (model === BUNDLED) return ["full", "fast"];
  return ordersPools(model) || model === RERANK_API ? ["full", "cascade"] : ["full", "fast", "cascade"];
}

/** The first stage's best that the second one looks at: published cascades keep 10 of 30 to 100. */
export const CASCADE_TOP = 10;

/** The candidates that the second stage scores, in the first one's order. */
export function cascadePool(pool: readonly Candidate[], first: ReadonlyMap<ChunkId, number>): Candidate[] {
  return firstOrder(pool, first).slice(0, CASCADE_TOP);
}

/**
 * The second stage's order of what it scored, behind it the first stage's order of the rest: logits of two models are
 * never compared. A row's logit is the second stage's, null behind it.
 */
export function rankCascade(
  pool: readonly Candidate[],
  first: ReadonlyMap<ChunkId, number>,
  second: ReadonlyMap<ChunkId, number>,
): Ranked[] {
  const order = firstOrder(pool, first);
  const looked = new Set(order.slice(0, CASCADE_TOP).map(({ chunkId }) => chunkId));
  // Ranks of the first stage in the place of those before: ties and what is not scored keep its order.
  const byFirst = order.map((candidate, i) => ({ ...candidate, rank: i + 1 }));
  const original = new Map(pool.map((candidate) => [candidate.chunkId, candidate]));
  const scores = new Map([...second].filter(([id]) => looked.has(id)));
  return rankByLogits(byFirst, scores).map(({ candidate: { chunkId }, logit, rank }) => {
    const candidate = original.get(chunkId)!;
    return { candidate, logit, rank, delta: candidate.rank - rank };
  });
}

function firstOrder(pool: readonly Candidate[], first: ReadonlyMap<ChunkId, number>): Candidate[] {
  return rankByLogits(pool, first).map(({ candidate }) => candidate);
}

/** This many in a row that do not enter the top, and as many as the top holds at least, and it has settled. */
const PATIENCE = 8;

/**
 * How many candidates, in the order of retrieval, are scored before the top has settled: a guess, since nothing bounds a
 * cross-encoder's score of the next one. The pool's length where it never does.
 *
 * @param scored logits so far; it stops looking at the first candidate that is not among them
 * @returns null while it cannot be told yet
 */
export function settledAt(
  pool: readonly Pick<Candidate, "chunkId">[],
  scored: ReadonlyMap<ChunkId, number>,
  top: number,
): number | null {
  const best: number[] = [];
  let since = 0;
  for (const [i, { chunkId }] of pool.entries()) {
    if (!scored.has(chunkId)) return null;
    const logit = scored.get(chunkId)!;
    const lowest = best.length < top ? Number.NEGATIVE_INFINITY : best[best.length - 1]!;
    if (logit > lowest) {
      best.push(logit);
      best.sort((a, b) => b - a);
      best.length = Math.min(best.length, top);
      since = 0;
    } else since += 1;
    if (best.length === top && since >= Math.max(PATIENCE, top)) return i + 1;
  }
  return pool.length;
}

/** Logits of the candidates before the top had settled; the rest counts as not scored, known or not. */
export function settledLogits(
  pool: readonly Candidate[],
  scored: ReadonlyMap<ChunkId, number>,
  top: number,
): ReadonlyMap<ChunkId, number> {
  const end = settledAt(pool, scored, top) ?? pool.length;
  return new Map(
    pool.slice(0, end).flatMap(({ chunkId }) => (scored.has(chunkId) ? [[chunkId, scored.get(chunkId)!]] : [])),
  );
}
