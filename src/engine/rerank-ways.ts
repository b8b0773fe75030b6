import { EngineError } from "#core/base/errors.ts";
import {
  BUNDLED,
  type Candidate,
  type Chunk,
  type ChunkId,
  type Fallback,
  type ModelStamp,
  type Progress,
  type Ranked,
} from "#core/model.ts";
import type { Reranker, ScoreScale, Signal } from "#core/ports.ts";
import type { ApiSummary, LlmSummary } from "#core/rerank/llm/run.ts";
import { passageText } from "#core/chunk/passage.ts";
import { rankByLogits } from "#core/rerank/rank.ts";
import type { ScoreCache } from "#core/rerank/score-cache.ts";
import type { Window } from "#core/rerank/windows.ts";
import { cascadePool, chosenOf, rankCascade, settledAt, settledLogits } from "#core/rerank/way.ts";
import { rerank } from "./rerank.ts";

/** The first stage of a cascade: its own scores, never compared with the second one's. */
export interface FirstStage {
  readonly stamp: ModelStamp | null;
  readonly logits: ReadonlyMap<ChunkId, number>;
}

export interface WayParts {
  readonly rerankers: ReadonlyMap<string, Reranker>;
  readonly cache: ScoreCache;
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
}

/** How far a re-ranking is. */
export interface WayState {
  readonly after: readonly Ranked[];
  /** `scored` counts pairs of both stages of a cascade. */
  readonly progress: { readonly scored: number; readonly reused: number; readonly of: number };
  readonly stamp: ModelStamp | null;
  readonly first: FirstStage | null;
  /** After how many of the pool the top had settled, where that ended it. */
  readonly settled: number | null;
  /** In the passages' texts: the parts that the logits are of, where a passage was longer than the model reads. */
  readonly windows: ReadonlyMap<ChunkId, Window>;
  /** The model on its way into memory. */
  readonly loading: Progress | null;
  /** What the rows' logits are (rule R4). */
  readonly scale: ScoreScale;
  /** Of a language model: what the run has come to; null where everything was known. */
  readonly run: LlmSummary | null;
  /** The same of a re-ranker behind a rerank API. */
  readonly api: ApiSummary | null;
}

export interface WayOutcome {
  readonly stopped: boolean;
  readonly fallbacks: readonly Fallback[];
}

/** Re-ranks a pool as `SearchSettings.reranker` says: all of it, in two stages, or until the top has settled. */
export async function rerankWay(
  { rerankers, cache, chunks }: WayParts,
  id: string,
  query: string,
  before: readonly Candidate[],
  top: number,
  signal: Signal,
  onState: (state: WayState) => void,
): Promise<WayOutcome> {
  const { model, way } = chosenOf(id);
  const chosen = rerankers.get(model);
  const bundled = rerankers.get(BUNDLED);
  if (chosen === undefined || (way === "cascade" && bundled === undefined)) {
    const error = new EngineError("MODEL_MISSING", "no such re-ranker", { model });
    return { stopped: false, fallbacks: [{ what: "reranker", error: error.data }] };
  }
  const logits = new Map<ChunkId, number>();
  const first = new Map<ChunkId, number>();
  let stamp: ModelStamp | null = null;
  let firstStamp: ModelStamp | null = null;
  const windows = new Map<ChunkId, Window>();
  const reused = { first: 0, own: 0 };
  let scale: ScoreScale = "logit";
  let run: LlmSummary | null = null;
  let api: ApiSummary | null = null;
  let over = false;

  const tell = (loading: Progress | null = null): void => {
    // A score may be on its way while the end is already shown.
    if (over) return;
    const settled = way === "fast" ? settledAt(before, logits, top) : null;
    const second = way === "cascade" ? Math.min(cascadePool(before, first).length, before.length) : 0;
    const after =
      way === "cascade"
        ? rankCascade(before, first, logits)
        : rankByLogits(before, way === "fast" ? settledLogits(before, logits, top) : logits);
    const finite = (scores: ReadonlyMap<ChunkId, number>): number =>
      [...scores.values()].filter(Number.isFinite).length;
    const scored =
      finite(first) + (way === "fast" ? after.filter(({ logit }) => logit !== null).length : finite(logits));
    onState({
      after,
      progress: {
        scored,
        // Known ones behind a fast end are not used.
        reused: Math.min(scored, reused.first + reused.own),
        of: before.length + second,
      },
      stamp,
      first: way === "cascade" ? { stamp: firstStamp, logits: first } : null,
      windows,
      settled: settled !== null && settled < before.length ? settled : null,
      loading,
      scale,
      run,
      api,
    });
  };

  const fallbacks: Fallback[] = [];
  if (way === "cascade") {
    const outcome = await rerank(
      bundled!,
      cache,
      query,
      before,
      chunks,
      first,
      signal,
      ({ reused: known, stamp: made }) => {
        reused.first = known;
        firstStamp = made;
        tell();
      },
      tell,
    );
    fallbacks.push(...outcome.fallbacks);
    if (outcome.stopped || fallbacks.some(({ what }) => what === "reranker")) {
      return { stopped: outcome.stopped, fallbacks };
    }
  }

  const early = new AbortController();
  const stop = (): void => early.abort();
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const pool = way === "cascade" ? cascadePool(before, first) : before;
  const outcome = await rerank(
    chosen,
    cache,
    query,
    pool,
    chunks,
    logits,
    early.signal,
    (now) => {
      reused.own = now.reused;
      ({ stamp, scale, run, api } = now);
      tell();
      const end = way === "fast" ? settledAt(before, logits, top) : null;
      if (end !== null && end < before.length) stop();
    },
    tell,
  );
  signal.removeEventListener("abort", stop);
  stamp = outcome.stamp ?? stamp;
  if (stamp !== null) {
    for (const { chunkId } of pool) {
      const chunk = chunks.get(chunkId);
      const window = chunk === undefined ? null : cache.window(stamp, query, passageText(chunk), outcome.maxTokens);
      if (window !== null) windows.set(chunkId, window);
    }
  }
  tell();
  over = true;
  return { stopped: outcome.stopped && signal.aborted, fallbacks: [...fallbacks, ...outcome.fallbacks] };
}
