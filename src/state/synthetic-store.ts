import { createStore, type StoreApi } from "zustand/vanilla";
import { EngineError, toEngineError, type ErrorData } from "#core/base/errors.ts";
import { drawPassages } from "#core/evaluate/synthetic/passages.ts";
import { plannedSet } from "#core/evaluate/synthetic/plan.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { EvaluationStore } from "#core/ports.ts";
import { synthesise, type SynthesisProgress } from "#engine/evaluate/synthesise.ts";
import type { Library } from "#engine/library.ts";

export type { SynthesisProgress } from "#engine/evaluate/synthesise.ts";

export interface SyntheticState {
  /** The set that is being written; null: none. */
  readonly running: string | null;
  /** Of the last run. */
  readonly progress: SynthesisProgress | null;
  readonly error: ErrorData | null;
}

export interface SyntheticActions {
  /** Plans a set over so many passages, and asks for its questions. */
  make(options: { readonly chunks: number; readonly perChunk: number; readonly seed: number }): void;
  /** Goes on with the passages of a set that have no questions yet. */
  resume(setId: string): void;
  /** What came is kept. */
  stop(): void;
}

export type SyntheticView = SyntheticState & SyntheticActions;

export interface SyntheticPorts {
  readonly library: Library;
  readonly evaluations: EvaluationStore;
  readonly languageModel: () => LanguageModel | null;
  /** A set is new, or has new questions. */
  readonly onSaved: (setId: string) => Promise<void>;
}

/** Questions for Evaluate, written by a language model: one set at a time. */
export function createSyntheticStore({
  library,
  evaluations,
  languageModel,
  onSaved,
}: SyntheticPorts): StoreApi<SyntheticView> {
  let running: AbortController | null = null;

  const store = createStore<SyntheticView>()(() => ({
    running: null,
    progress: null,
    error: null,
    make({ chunks, perChunk, seed }) {
      void run(async () => {
        const drawn = drawPassages(library.chunks.values(), chunks, seed);
        if (drawn.chunks.length === 0)
          throw new EngineError("SET_EMPTY", "no suitable passage", { file: "Your library" });
        const id = `synthetic-${crypto.randomUUID()}`;
        const name = `By a language model, seed ${seed}`;
        await evaluations.putSet(plannedSet(drawn.chunks, { id, name, madeAt: Date.now(), seed, perChunk }));
        await onSaved(id);
        return id;
      });
    },
    resume(setId) {
      void run(() => Promise.resolve(setId));
    },
    stop: () => running?.abort(),
  }));

  async function run(prepare: () => Promise<string>): Promise<void> {
    if (running !== null) return;
    const mine = (running = new AbortController());
    store.setState({ progress: null, error: null });
    try {
      const model = languageModel();
      if (model === null) throw new EngineError("LLM_OFF", "no language model is set up");
      // Asked before anything is planned: a set that nobody can write is none.
      await model.load(mine.signal, () => {});
      const id = await prepare();
      store.setState({ running: id });
      const ports = { model, chunks: library.chunks, evaluations, onSaved: () => onSaved(id) };
      await synthesise(ports, id, mine.signal, (progress) => store.setState({ progress }));
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code !== "CANCELLED") store.setState({ error: error.data });
    } finally {
      running = null;
      store.setState({ running: null });
    }
  }

  return store;
}
