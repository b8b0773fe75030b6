import { toEngineError } from "#core/base/errors.ts";
import type { Candidate, Chunk, ChunkId, Fallback, ModelStamp } from "#core/model.ts";
import type { OnScores, Reranker, Signal } from "#core/ports.ts";
import type { ScoreCache } from "#core/rerank/score-cache.ts";

export interface RerankOutcome {
  readonly stamp: ModelStamp | null;
  readonly stopped: boolean;
  readonly fallback: Fallback | null;
}

/**
 * Scores what is not scored yet of a pool, into `logits`. A stop or a failure leaves what was scored so far:
 * the list stays valid (rule R3). A dead worker is tried once more, since the bridge starts a fresh one.
 */
export async function rerank(
  reranker: Reranker,
  cache: ScoreCache,
  query: string,
  pool: readonly Candidate[],
  chunks: ReadonlyMap<ChunkId, Chunk>,
  logits: Map<ChunkId, number>,
  signal: Signal,
  onProgress: (reused: number) => void,
): Promise<RerankOutcome> {
  let stamp: ModelStamp | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      ({ stamp } = await reranker.load(signal, () => {}));
      const made = stamp;
      const missing = pool.filter(({ chunkId }) => {
        const text = chunks.get(chunkId)?.text;
        const known = text === undefined ? undefined : cache.get(made, query, text);
        if (known !== undefined) logits.set(chunkId, known);
        return known === undefined && text !== undefined;
      });
      const reused = pool.length - missing.length;
      onProgress(reused);
      const onScores: OnScores = (batch) => {
        batch.ids.forEach((id, i) => {
          const logit = batch.logits[i] ?? Number.NaN;
          logits.set(id, logit);
          cache.set(made, query, chunks.get(id)?.text ?? "", logit);
        });
        onProgress(reused);
      };
      const passages = missing.map(({ chunkId }) => ({ id: chunkId, text: chunks.get(chunkId)?.text ?? "" }));
      if (passages.length > 0) await reranker.score(query, passages, signal, onScores);
      return { stamp, stopped: false, fallback: null };
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code === "CANCELLED" || signal.aborted) return { stamp, stopped: true, fallback: null };
      if (attempt === 2) return { stamp, stopped: false, fallback: { what: "reranker", error: error.data } };
    }
  }
}
