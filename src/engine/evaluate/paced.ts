import type { ChunkId, Milliseconds } from "#core/model.ts";
import type { ModelReport, OnProgress, OnScores, Passage, Reranker, Signal } from "#core/ports.ts";
import type { Courtesy } from "../courtesy.ts";

/** What a person waits at most for a batch that has begun; 15 ms of it are the way to the worker and back. */
const BATCH: Milliseconds = 150;
const MOST = 32;

/**
 * A re-ranker in small batches with a look at the person's questions before each. Logits do not depend on the batch
 * (`core/rerank/batches.ts`). Says what each pair took, waiting not counted.
 */
export class PacedReranker implements Reranker {
  readonly #reranker: Reranker;
  readonly #courtesy: Courtesy;
  #size = 4;
  #pairs = 0;
  #time: Milliseconds = 0;
  #milliseconds = new Map<ChunkId, Milliseconds>();
  /** What orders a pool needs all of it; a server is asked, and paid, by the call. */
  #isWhole = false;

  constructor(reranker: Reranker, courtesy: Courtesy) {
    this.#reranker = reranker;
    this.#courtesy = courtesy;
  }

  get spent(): { readonly pairs: number; readonly milliseconds: Milliseconds } {
    return { pairs: this.#pairs, milliseconds: this.#time };
  }

  /** By passage, since `begin`: the share of its batch. */
  get milliseconds(): ReadonlyMap<ChunkId, Milliseconds> {
    return this.#milliseconds;
  }

  /** The next question. */
  begin(): void {
    this.#milliseconds = new Map();
  }

  async load(signal: Signal, onProgress: OnProgress): Promise<ModelReport> {
    const report = await this.#reranker.load(signal, onProgress);
    this.#isWhole = report.scale === "order" || report.stamp.device === "elsewhere";
    return report;
  }

  release(): void {
    this.#reranker.release();
  }

  async score(query: string, passages: readonly Passage[], signal: Signal, onScores: OnScores): Promise<void> {
    for (let from = 0; from < passages.length;) {
      await this.#courtesy.idle();
      signal.throwIfAborted();
      const batch = this.#isWhole ? passages : passages.slice(from, from + this.#size);
      const started = performance.now();
      await this.#reranker.score(query, batch, signal, onScores);
      const spent = performance.now() - started;
      for (const { id } of batch) this.#milliseconds.set(id, spent / batch.length);
      this.#pairs += batch.length;
      this.#time += spent;
      from += batch.length;
      this.#size = Math.max(1, Math.min(MOST, Math.round((BATCH * batch.length) / Math.max(spent, 1))));
    }
  }
}
