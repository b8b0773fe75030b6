import {
  OFF,
  type Candidate,
  type ChunkId,
  type Fallback,
  type Milliseconds,
  type ModelStamp,
  type Progress,
  type Ranked,
  type SearchSettings,
  type Verdict,
} from "#core/model.ts";
import type { Reranker, ScoreScale, Signal } from "#core/ports.ts";
import type { ApiSummary, LlmSummary } from "#core/rerank/llm/run.ts";
import { rankByLogits } from "#core/rerank/rank.ts";
import type { Window } from "#core/rerank/windows.ts";
import { ScoreCache } from "#core/rerank/score-cache.ts";
import { verdictOf } from "#core/rerank/verdict.ts";
import type { Courtesy } from "./courtesy.ts";
import type { Library } from "./library.ts";
import { rerankWay, type FirstStage, type WayState } from "./rerank-ways.ts";
import { RetrieveStage, type RetrievePorts } from "./retrieve.ts";

export interface SearchPorts extends RetrievePorts {
  readonly library: Library;
  /** By the id that stands in `SearchSettings.reranker`; models come and go. */
  readonly rerankers: ReadonlyMap<string, Reranker>;
  /** Holds other work back while a question is answered. */
  readonly courtesy?: Courtesy;
}

/** One state of a running search; each update replaces the one before. */
export interface SearchUpdate {
  readonly phase: "reranking" | "done" | "stopped";
  readonly before: readonly Candidate[];
  readonly after: readonly Ranked[];
  readonly searched: number;
  /** The re-ranker on its way into memory, in bytes; null before and after. */
  readonly loading: Progress | null;
  readonly progress: { readonly scored: number; readonly reused: number; readonly of: number };
  readonly verdict: Verdict | null;
  readonly timing: { readonly embed: Milliseconds; readonly retrieve: Milliseconds; readonly rerank: Milliseconds };
  readonly embedder: ModelStamp | null;
  readonly reranker: ModelStamp | null;
  /** Of a cascade: the bundled re-ranker's scores of the whole pool. */
  readonly first: FirstStage | null;
  /** After how many of the pool a fast re-ranking had its top. */
  readonly settled: number | null;
  /** In the passages' texts: the parts that logits are of, where a passage was longer than the model reads. */
  readonly windows: ReadonlyMap<ChunkId, Window>;
  /** What the rows' logits are (rule R4). */
  readonly scale: ScoreScale;
  /** Of a language model: what the run has come to; null for another, and where everything was known. */
  readonly run: LlmSummary | null;
  /** The same of a re-ranker behind a rerank API. */
  readonly api: ApiSummary | null;
  readonly fallbacks: readonly Fallback[];
}

/** The main job: query → candidates → ranked, each stage recomputed only when its own inputs changed. */
export class SearchEngine {
  readonly #ports: SearchPorts;
  readonly #retrieve: RetrieveStage;
  readonly #cache = new ScoreCache();

  constructor(ports: SearchPorts) {
    this.#ports = ports;
    this.#retrieve = new RetrieveStage(ports);
  }

  /** @throws what retrieval throws; a failure of re-ranking is a fallback in the update, never a throw */
  async run(
    query: string,
    settings: SearchSettings,
    signal: Signal,
    onUpdate: (update: SearchUpdate) => void,
  ): Promise<void> {
    const { courtesy } = this.#ports;
    const work = (): Promise<void> => this.#run(query, settings, signal, onUpdate);
    return courtesy === undefined ? work() : courtesy.first(work);
  }

  async #run(
    query: string,
    settings: SearchSettings,
    signal: Signal,
    onUpdate: (update: SearchUpdate) => void,
  ): Promise<void> {
    const { retrieval, timing, fallbacks, embedder } = await this.#retrieve.run(query, settings, signal);
    const before = retrieval.candidates.slice(0, settings.pool);
    const isOff = settings.reranker === OFF;
    let started: number | null = null;
    let state: WayState = {
      after: rankByLogits(before, new Map()),
      progress: { scored: 0, reused: 0, of: isOff ? 0 : before.length },
      stamp: null,
      first: null,
      settled: null,
      windows: new Map(),
      loading: null,
      scale: "logit",
      run: null,
      api: null,
    };

    const update = (phase: SearchUpdate["phase"], more: readonly Fallback[]): void => {
      const { after, progress, stamp, first, settled, windows, loading, scale, run, api } = state;
      onUpdate({
        phase,
        before,
        after,
        searched: retrieval.searched,
        loading,
        progress,
        verdict: phase === "reranking" || isOff ? null : verdictOf(after, settings.top),
        timing: { ...timing, rerank: started === null ? 0 : performance.now() - started },
        embedder,
        reranker: stamp,
        first,
        settled,
        windows,
        scale,
        run,
        api,
        fallbacks: [...fallbacks, ...more],
      });
    };

    if (isOff || before.length === 0) return update("done", []);
    update("reranking", []);
    const { library, rerankers } = this.#ports;
    const parts = { rerankers, cache: this.#cache, chunks: library.chunks };
    const { reranker, top } = settings;
    const outcome = await rerankWay(parts, reranker, query, before, top, signal, (now) => {
      state = now;
      // From the first pair on: loading the model is no part of what re-ranking costs.
      if (now.loading === null) started ??= performance.now();
      update("reranking", []);
    });
    state = { ...state, loading: null };
    update(outcome.stopped ? "stopped" : "done", outcome.fallbacks);
  }
}
