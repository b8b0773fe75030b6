import { toEngineError } from "#core/base/errors.ts";
import { passageText } from "#core/chunk/passage.ts";
import type { Candidate, Chunk, ChunkId, Milliseconds, ModelStamp } from "#core/model.ts";
import type { EvaluationStore, PassageScores, Reranker, ScoreScale, Signal } from "#core/ports.ts";
import { ScoreCache } from "#core/rerank/score-cache.ts";
import type { Courtesy } from "../courtesy.ts";
import { passagesOf, rerank, stampFor } from "../rerank.ts";
import type { TextKeys } from "./corpus-key.ts";
import type { Keeper } from "./keeper.ts";
import { PacedReranker } from "./paced.ts";

export interface Scored {
  /** Of the pool; what failed or was stopped is absent, NaN where the model does not read the pair. */
  readonly logits: ReadonlyMap<ChunkId, number>;
  /** What scoring each pair took; absent where its logit was known. */
  readonly milliseconds: ReadonlyMap<ChunkId, Milliseconds>;
  readonly reused: number;
  readonly stamp: ModelStamp | null;
  readonly fallback: string | null;
}

interface ScoresParts {
  readonly reranker: Reranker;
  readonly courtesy: Courtesy;
  readonly evaluations: EvaluationStore;
  readonly keeper: Keeper;
  readonly keys: TextKeys;
}

/** A model that fails this often in a row will not come back: the questions behind it are not made to wait for it. */
const PATIENCE = 5;

/** Logits of pools by one re-ranker, from the store where they are known; new ones go there, after a stop too. */
export class Scores {
  readonly #parts: ScoresParts;
  readonly #paced: PacedReranker;
  #stamp: ModelStamp | null = null;
  #maxTokens = 0;
  #scale: ScoreScale = "logit";
  #expected: { readonly query: string; readonly scores: Promise<PassageScores | undefined> } | null = null;
  #failures = 0;
  #failure: string | null = null;

  constructor(parts: ScoresParts) {
    this.#parts = parts;
    this.#paced = new PacedReranker(parts.reranker, parts.courtesy);
  }

  get stamp(): ModelStamp | null {
    return this.#stamp;
  }

  /** Pairs and the time they took, in this run. */
  get spent(): { readonly pairs: number; readonly milliseconds: Milliseconds } {
    return this.#paced.spent;
  }

  /** Begins to read what is known of a question, while its candidates are still sought. */
  expect(query: string): void {
    const { evaluations, keeper } = this.#parts;
    const reranker = this.#stamp;
    if (reranker === null || this.#scale === "order") return;
    this.#expected = { query, scores: keeper.read(() => evaluations.scores({ reranker, query })) };
  }

  /** @param pool without repeats. @throws CANCELLED, after what was scored is kept */
  async of(
    query: string,
    pool: readonly Candidate[],
    chunks: ReadonlyMap<ChunkId, Chunk>,
    signal: Signal,
  ): Promise<Scored> {
    const { evaluations, keeper } = this.#parts;
    const logits = new Map<ChunkId, number>();
    const none = { logits, milliseconds: new Map<ChunkId, Milliseconds>(), reused: 0 };
    if (this.#failures >= PATIENCE) return { ...none, stamp: this.#stamp, fallback: this.#failure };
    if (pool.length === 0) return { ...none, stamp: this.#stamp, fallback: null };
    const loaded = await this.#load(signal);
    if (loaded !== null) return { ...none, stamp: null, fallback: this.#failed(loaded) };

    const passages = passagesOf(pool, chunks);
    const kept = stampFor(this.#stamp!, this.#scale, passages);
    const known = await this.#known(kept, query, pool, chunks);
    // An order is known whole or not at all.
    if (this.#scale === "order" && known.size < pool.length) known.clear();
    this.#paced.begin();
    // Only this question's: the store remembers the rest.
    const cache = new ScoreCache();
    for (const [id, logit] of known) cache.set(kept, query, passageText(chunks.get(id)!), logit, this.#maxTokens);
    const { stamp, stopped, fallbacks, isWhole } = await rerank(
      this.#paced,
      cache,
      query,
      pool,
      chunks,
      logits,
      signal,
      () => {},
    );
    // Another device from here on: what was known was another's.
    if (stamp !== null && stamp.device !== this.#stamp?.device) known.clear();
    this.#stamp = stamp ?? this.#stamp;
    const fresh = new Map<string, number>();
    for (const [id, logit] of logits) if (!known.has(id)) fresh.set(this.#key(chunks.get(id)!), logit);
    const reranker = stampFor(this.#stamp!, this.#scale, passages);
    const isKept = this.#scale !== "order" || isWhole;
    if (fresh.size > 0 && isKept) await keeper.write(() => evaluations.addScores({ reranker, query }, fresh));
    if (stopped) signal.throwIfAborted();
    const failed = stopped ? "CANCELLED" : "reranker";
    const fallback = fallbacks.find(({ what }) => what === "reranker");
    const reason = fallback === undefined && !stopped ? null : (fallback?.error?.code ?? failed);
    if (reason === null) this.#failures = 0;
    else this.#failed(reason);
    return {
      logits,
      milliseconds: this.#paced.milliseconds,
      reused: known.size,
      stamp: this.#stamp,
      fallback: reason,
    };
  }

  /** The stamp is part of every key; a worker that died and was started again has the same. Returns why there is none. */
  async #load(signal: Signal): Promise<string | null> {
    if (this.#stamp !== null) return null;
    try {
      const report = await this.#parts.reranker.load(signal, () => {});
      ({ stamp: this.#stamp, maxTokens: this.#maxTokens } = report);
      this.#scale = report.scale ?? "logit";
      return null;
    } catch (thrown) {
      signal.throwIfAborted();
      return toEngineError(thrown).code;
    }
  }

  #failed(reason: string): string {
    this.#failures += 1;
    this.#failure = reason;
    return reason;
  }

  async #known(
    reranker: ModelStamp,
    query: string,
    pool: readonly Candidate[],
    chunks: ReadonlyMap<ChunkId, Chunk>,
  ): Promise<Map<ChunkId, number>> {
    const stored = await this.#stored(reranker, query);
    const known = new Map<ChunkId, number>();
    if (stored === undefined || stored.size === 0) return known;
    for (const { chunkId } of pool) {
      const chunk = chunks.get(chunkId);
      const logit = chunk === undefined ? undefined : stored.get(this.#key(chunk));
      if (logit !== undefined) known.set(chunkId, logit);
    }
    return known;
  }

  async #stored(reranker: ModelStamp, query: string): Promise<PassageScores | undefined> {
    const { evaluations, keeper } = this.#parts;
    if (this.#scale === "order") return keeper.read(() => evaluations.scores({ reranker, query }));
    if (this.#expected?.query !== query) this.expect(query);
    return this.#expected?.scores;
  }

  #key(chunk: Chunk): string {
    return this.#parts.keys.of(chunk, passageText);
  }
}
