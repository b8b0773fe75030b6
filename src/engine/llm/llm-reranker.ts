import { EngineError } from "#core/base/errors.ts";
import { fnv1a64 } from "#core/base/hash.ts";
import { seededRandom } from "#core/base/rng.ts";
import type { LanguageModel, LanguageModelReport } from "#core/llm/port.ts";
import type { ModelStamp } from "#core/model.ts";
import type { ModelReport, OnProgress, OnScores, Passage, Reranker, ScoreScale, Signal } from "#core/ports.ts";
import { estimateTokens } from "#core/llm/cut.ts";
import { FLOOR_WORDS } from "#core/rerank/llm/fit.ts";
import { nearestOrder, shufflesOf } from "#core/rerank/llm/consistency.ts";
import { llmCost, windowsOf } from "#core/rerank/llm/cost.ts";
import { heapTop } from "#core/rerank/llm/heap.ts";
import { bestBy, bubbleTop, remembered } from "#core/rerank/llm/pairwise.ts";
import { byLetter, listwiseSingle, rankingTokens } from "#core/rerank/llm/prompts.ts";
import { methodKey, summaryOf, type LlmRun } from "#core/rerank/llm/run.ts";
import { isListwise, isPointwise, type LlmMethod, type LlmSettings } from "#core/rerank/llm/settings.ts";
import { slide } from "#core/rerank/llm/sliding.ts";
import { Asker } from "./asker.ts";
import { Judge, mostLetters } from "./methods.ts";

/** Of methods that score a passage by itself. */
const SCALE: Partial<Record<LlmMethod, ScoreScale>> = { "yes-no": "logit", relevance: "relevance" };

export interface LlmRerankerParts {
  readonly method: LlmMethod;
  /** null while none is set up. */
  readonly model: () => LanguageModel | null;
  readonly settings: () => LlmSettings;
  /** Sees the run after each call, for the replay. */
  readonly onRun: (run: LlmRun) => void;
}

/**
 * A language model as a re-ranker. Pointwise methods give every passage a score of its own; the others give an order of
 * the pool, as numbers that mean nothing but their order (rule R4). A call that fails leaves its window as it was; after
 * a stop, or when nothing more can be asked, what was last told is a valid list (rule R3).
 */
export class LlmReranker implements Reranker {
  readonly #parts: LlmRerankerParts;

  constructor(parts: LlmRerankerParts) {
    this.#parts = parts;
  }

  async load(signal: Signal, onProgress: OnProgress): Promise<ModelReport> {
    const report = await this.#model().load(signal, onProgress);
    return {
      stamp: this.#stamp(report),
      threads: 0,
      maxTokens: report.contextTokens ?? 0,
      goldenError: null,
      fallback: null,
      scale: SCALE[this.#parts.method] ?? "order",
    };
  }

  async score(query: string, passages: readonly Passage[], signal: Signal, onScores: OnScores): Promise<void> {
    const { method } = this.#parts;
    const settings = this.#parts.settings();
    const model = this.#model();
    const report = await model.load(signal, () => {});
    if (passages.length === 0) return;

    let order: readonly Passage[] = passages;
    const scores = new Map<Passage, number>();
    let run: LlmRun = {
      query,
      method,
      settings,
      window: settings.window,
      model: this.#stamp(report),
      place: report.place,
      pool: passages.map(({ id }) => id),
      calls: [],
      order: [],
    };
    let most = 0;
    const tell = async (): Promise<void> => {
      run = { ...run, calls: [...asker.calls], order: order.map(({ id }) => id) };
      this.#parts.onRun(run);
      // Before the first answer there is no order: what was asked for is none.
      const isAnswered = run.calls.some(({ error }) => error === null);
      const rows = isPointwise(method) ? [...scores.keys()] : isAnswered ? order : [];
      await onScores({
        ids: rows.map(({ id }) => id),
        logits: Float32Array.from(rows, (row, i) => scores.get(row) ?? rows.length - i),
        run: summaryOf(run, most),
      });
    };
    const asker = new Asker(model, report, settings.words, signal, () => void tell());
    const judge = new Judge(asker, query, settings);
    const onOrder = (next: readonly Passage[]): Promise<void> => {
      order = next;
      return tell();
    };

    const asked = await this.#fitting(asker, passages, query, settings, report);
    run = { ...run, window: asked.window };
    const tokens = passages.reduce((sum, { text }) => sum + estimateTokens(text), 0) / passages.length;
    const facts = { passages: passages.length, passageTokens: tokens, queryTokens: estimateTokens(query) };
    most = llmCost(method, asked, facts).calls;
    try {
      if (isPointwise(method)) {
        for (const passage of passages) {
          const score = await (method === "yes-no" ? judge.yes(passage) : judge.relevance(passage));
          // A call that failed may come right another time; a reply that says nothing will not.
          if (asker.calls.at(-1)?.error === null) scores.set(passage, score ?? Number.NaN);
          await tell();
        }
      } else if (isListwise(method)) {
        order = await this.#listwise(judge, passages, asked, onOrder);
      } else if (method === "setwise") {
        order = await heapTop(passages, asked.children, asked.depth, judge.best, onOrder);
      } else {
        const compare = remembered(judge.compare);
        order =
          method === "pairwise-heap"
            ? await heapTop(passages, 2, asked.depth, bestBy(compare), onOrder)
            : await bubbleTop(passages, asked.depth, compare, onOrder);
      }
      // Heaps and comparisons end before the most calls that they might take.
      most = asker.calls.length;
    } finally {
      await tell();
    }
  }

  release(): void {
    this.#parts.model()?.release();
  }

  async #listwise(
    judge: Judge,
    passages: readonly Passage[],
    settings: LlmSettings,
    onOrder: (order: readonly Passage[]) => Promise<void>,
  ): Promise<readonly Passage[]> {
    const { method } = this.#parts;
    const windows = windowsOf(method, settings, passages.length);
    // Seeded by the pool: the same question gives the same shuffles.
    const seed = Number.parseInt(fnv1a64(passages.map(({ id }) => id).join(" ")).slice(0, 8), 16);
    const starts = shufflesOf(passages, settings.shuffles, seededRandom(seed));
    const found: (readonly Passage[])[] = [];
    for (const [shuffle, start] of starts.entries()) {
      const ranked = await slide(
        start,
        windows,
        (items, span, pass) =>
          method === "first" ? judge.first(items, span, pass, shuffle) : judge.window(items, span, pass, shuffle),
        // An order of a shuffled pool says nothing before it is whole.
        (order) => (shuffle === 0 ? onOrder(order) : undefined),
      );
      found.push(ranked);
      if (starts.length > 1) await onOrder(nearestOrder(found));
    }
    return found.length === 1 ? found[0]! : nearestOrder(found);
  }

  /** The settings with windows as small as the model's context, and the alphabet, ask for. */
  async #fitting(
    asker: Asker,
    passages: readonly Passage[],
    query: string,
    settings: LlmSettings,
    report: LanguageModelReport,
  ): Promise<LlmSettings> {
    const { method } = this.#parts;
    if (!isListwise(method)) return settings;
    const isFirst = method === "first";
    const wanted = method === "one-call" ? Math.max(2, passages.length) : settings.window;
    const most = isFirst ? mostLetters(report.logprobs > 1 ? Math.min(wanted, report.logprobs) : wanted) : wanted;
    const label = isFirst ? byLetter : undefined;
    const window = await asker.windowThatFits(
      passages,
      most,
      (texts) => listwiseSingle(query, texts, FLOOR_WORDS, label),
      (n) => rankingTokens(n) + settings.thinking,
    );
    if (window === settings.window) return settings;
    if (method === "one-call" && window < passages.length) {
      throw new EngineError("LLM_PROMPT_TOO_LONG", "one call cannot hold the pool", {
        tokens: passages.reduce((sum, { text }) => sum + estimateTokens(text), 0),
        most: report.contextTokens,
      });
    }
    return { ...settings, window, step: Math.min(settings.step, Math.max(1, Math.floor(window / 2))) };
  }

  #model(): LanguageModel {
    const model = this.#parts.model();
    if (model === null) throw new EngineError("LLM_OFF", "no language model is set up");
    return model;
  }

  #stamp({ stamp }: LanguageModelReport): ModelStamp {
    const { method, settings } = this.#parts;
    return { ...stamp, revision: `${stamp.revision} ${methodKey(method, settings())}`.trim() };
  }
}
