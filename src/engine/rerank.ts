import { toEngineError } from "#core/base/errors.ts";
import { passageText } from "#core/chunk/passage.ts";
import { textKey } from "#core/rerank/score-cache.ts";
import type { Candidate, Chunk, ChunkId, Fallback, ModelStamp } from "#core/model.ts";
import type { OnProgress, OnScores, Passage, Reranker, ScoreScale, Signal } from "#core/ports.ts";
import type { ApiSummary, LlmSummary } from "#core/rerank/llm/run.ts";
import type { ScoreCache } from "#core/rerank/score-cache.ts";

export interface RerankOutcome {
  readonly stamp: ModelStamp | null;
  readonly stopped: boolean;
  /** Where the model cuts, or begins another window; 0 where it never loaded. */
  readonly maxTokens: number;
  /** Why there are no scores, or a better device was left. */
  readonly fallbacks: readonly Fallback[];
  /** All of the pool was scored, and no call of it failed: worth keeping. */
  readonly isWhole: boolean;
}

/** How far a model is with a pool. */
export interface RerankProgress {
  readonly reused: number;
  readonly stamp: ModelStamp;
  readonly scale: ScoreScale;
  /** Of a language model's run; null for another model, and where everything was known. */
  readonly run: LlmSummary | null;
  /** The same of a re-ranker behind a rerank API. */
  readonly api: ApiSummary | null;
}

/** What a re-ranker reads of a pool; a document may have gone meanwhile. */
export function passagesOf(pool: readonly Candidate[], chunks: ReadonlyMap<ChunkId, Chunk>): Passage[] {
  return pool.flatMap(({ chunkId }) => {
    const chunk = chunks.get(chunkId);
    return chunk === undefined ? [] : [{ id: chunkId, text: passageText(chunk) }];
  });
}

/** An order belongs to its pool: with another pool it is another model's, as far as a cache can tell. */
export function stampFor(stamp: ModelStamp, scale: ScoreScale, passages: readonly Passage[]): ModelStamp {
  if (scale !== "order") return stamp;
  return { ...stamp, revision: `${stamp.revision} of ${textKey(passages.map(({ text }) => textKey(text)).join(" "))}` };
}

/**
 * Scores what is not scored yet of a pool, into `logits`. A stop or a failure leaves what was scored so far:
 * the list stays valid (rule R3). A dead worker is tried once more, since the bridge starts a fresh one; a model that
 * goes on with another device scores all of the pool there: one list has one stamp (rule R4).
 */
export async function rerank(
  reranker: Reranker,
  cache: ScoreCache,
  query: string,
  pool: readonly Candidate[],
  chunks: ReadonlyMap<ChunkId, Chunk>,
  logits: Map<ChunkId, number>,
  signal: Signal,
  onProgress: (progress: RerankProgress) => void,
  onLoad: OnProgress = () => {},
): Promise<RerankOutcome> {
  const passages = passagesOf(pool, chunks);
  let stamp: ModelStamp | null = null;
  let reused: number | null = null;
  let left: readonly Fallback[] = [];
  let maxTokens = 0;
  let isComplete = false;
  for (let attempt = 1; ;) {
    try {
      const report = await reranker.load(signal, onLoad);
      if (stamp !== null && stamp.device !== report.stamp.device) {
        logits.clear();
        reused = null;
        attempt = 1;
      }
      ({ stamp, maxTokens } = report);
      left = report.fallback === null ? [] : [{ what: "device", error: report.fallback }];
      const made = stamp;
      const scale = report.scale ?? "logit";
      const key = stampFor(made, scale, passages);
      const known = new Map(passages.map(({ id, text }) => [id, cache.get(key, query, text, report.maxTokens)]));
      // An order is known whole or not at all.
      const isUsable = scale !== "order" || passages.every(({ id }) => known.get(id) !== undefined);
      const missing = passages.filter(({ id }) => {
        const logit = isUsable ? known.get(id) : undefined;
        if (logit !== undefined) logits.set(id, logit);
        return logit === undefined;
      });
      reused ??= passages.filter(({ id }) => Number.isFinite(logits.get(id))).length;
      let run: LlmSummary | null = null;
      let api: ApiSummary | null = null;
      onProgress({ reused, stamp: made, scale, run, api });
      const texts = new Map(missing.map(({ id, text }) => [id, text]));
      const onScores: OnScores = ({ ids, logits: scores, windows, ...said }) => {
        run = said.run ?? null;
        api = said.api ?? null;
        for (const [i, logit] of scores.entries()) {
          const id = ids[i];
          const text = id === undefined ? undefined : texts.get(id);
          if (id === undefined || text === undefined) continue;
          logits.set(id, logit);
          if (scale !== "order") cache.set(key, query, text, logit, report.maxTokens, windows?.[i]);
        }
        onProgress({ reused: reused ?? 0, stamp: made, scale, run, api });
      };
      if (missing.length > 0) await reranker.score(query, missing, signal, onScores);
      // One that a failed call left its mark on is asked for again.
      isComplete = missing.length === 0 || scale !== "order" || isSound(run);
      if (scale === "order" && missing.length > 0 && isComplete) {
        for (const { id, text } of passages)
          cache.set(key, query, text, logits.get(id) ?? Number.NaN, report.maxTokens);
      }
      return { stamp, stopped: false, maxTokens, fallbacks: left, isWhole: isComplete };
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code === "CANCELLED" || signal.aborted)
        return { stamp, stopped: true, maxTokens, fallbacks: left, isWhole: false };
      // An endpoint was asked several times already, by its client.
      if (attempt === 2 || /^(ENDPOINT|LLM)_/.test(error.code))
        return {
          stamp,
          stopped: false,
          maxTokens,
          fallbacks: [...left, { what: "reranker", error: error.data }],
          isWhole: false,
        };
      attempt += 1;
    }
  }
}

function isSound(run: LlmSummary | null): boolean {
  return run !== null && run.calls.failed === 0 && run.unread === 0;
}
