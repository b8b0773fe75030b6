import { createStore, type StoreApi } from "zustand/vanilla";
import { toEngineError } from "#core/base/errors.ts";
import { hostOf, type ChatEndpoint, type Endpoint, type RerankEndpoint } from "#core/llm/endpoint.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { ChunkId } from "#core/model.ts";
import type { Reranker } from "#core/ports.ts";
import type { PositionBias } from "#core/rerank/llm/consistency.ts";
import type { LlmRun } from "#core/rerank/llm/run.ts";
import { llmSettingsFrom } from "#core/rerank/llm/settings.ts";
import { languageSettingsFrom, rememberedKeys, withoutKeys } from "./language-settings.ts";
import type { LanguageSettings, LanguageState, LanguageView, OfferedModel, Trial } from "./language-view.ts";

export interface LanguagePorts {
  readonly saved: unknown;
  readonly savedKeys: unknown;
  /** Holds no key. */
  save(settings: LanguageSettings): void;
  saveKeys(keys: ReturnType<typeof rememberedKeys>): void;
  /** The model that is set up, to be asked by hand. */
  readonly model: () => LanguageModel | null;
  readonly rerankApi: Reranker;
  readonly listModels: (endpoint: ChatEndpoint, signal: AbortSignal) => Promise<readonly OfferedModel[]>;
  readonly builtIn: () => Promise<"absent" | "downloadable" | "ready">;
  readonly testShuffles: (
    run: LlmRun,
    texts: ReadonlyMap<ChunkId, string>,
    signal: AbortSignal,
    onProgress: (done: number, of: number) => void,
  ) => Promise<PositionBias | null>;
}

export interface LanguageStore extends StoreApi<LanguageView> {
  /** A run goes on, or is at its end. */
  take(run: LlmRun): void;
}

const MOST_RUNS = 20;
const NOBODY: Trial = { isRunning: false, text: "", milliseconds: null, error: null };

/** Which language model is asked, how it ranks, and what it said. Nothing here asks anybody before a person says so. */
export function createLanguageStore(ports: LanguagePorts): LanguageStore {
  let trying = new AbortController();
  let listing = new AbortController();
  let shuffling = new AbortController();
  let current = languageSettingsFrom(ports.saved, ports.savedKeys);

  const store = createStore<LanguageView>()((set, get) => ({
    ...current,
    ...facts(current, "unknown"),
    builtIn: "unknown",
    offered: { isAsking: false, models: [], error: null },
    chatTrial: null,
    rerankTrial: null,
    runs: [],
    shuffle: null,
    change,
    changeChat(endpoint) {
      const chat = moved(current.chat, endpoint);
      // What was said was said of another model.
      if (chat.base !== current.chat.base) set({ offered: { isAsking: false, models: [], error: null } });
      set({ chatTrial: null });
      change({ chat });
    },
    changeRerank(endpoint) {
      set({ rerankTrial: null });
      change({ rerank: moved<RerankEndpoint>(current.rerank, endpoint) });
    },
    changeRanking(settings) {
      change({ ranking: llmSettingsFrom({ ...current.ranking, ...settings }) });
    },
    listModels() {
      listing.abort();
      const mine = (listing = new AbortController());
      set({ offered: { isAsking: true, models: [], error: null } });
      ports.listModels(current.chat, mine.signal).then(
        (models) => {
          if (mine.signal.aborted) return;
          set({ offered: { isAsking: false, models, error: null } });
          const [first] = models;
          if (current.chat.model === "" && first !== undefined) get().changeChat({ model: first.id });
        },
        (thrown: unknown) => {
          if (mine.signal.aborted) return;
          set({ offered: { isAsking: false, models: [], error: toEngineError(thrown).data } });
        },
      );
    },
    tryChat() {
      const mine = again();
      let text = "";
      attempt(mine.signal, "chatTrial", async () => {
        const model = ports.model();
        if (model === null) return "";
        await model.load(mine.signal, () => {});
        const messages = [{ role: "user", content: "Answer with the one word: ready" }] as const;
        const generated = await model.generate({ messages, maxTokens: 64 }, mine.signal, (delta) => {
          text += delta;
          if (!mine.signal.aborted) set({ chatTrial: { ...NOBODY, isRunning: true, text } });
        });
        return generated.text.trim();
      });
    },
    tryRerank() {
      const mine = again();
      attempt(mine.signal, "rerankTrial", async () => {
        const texts = ["The pump starts when the valve is open.", "Lunch is at noon."];
        const passages = texts.map((text, i) => ({ id: String(i) as ChunkId, text }));
        let said = "";
        await ports.rerankApi.score("When does the pump start?", passages, mine.signal, ({ logits }) => {
          said = Array.from(logits, (score) => score.toFixed(3)).join(" and ");
        });
        return said;
      });
    },
    stopTrials: () => trying.abort(),
    findBuiltIn() {
      void ports.builtIn().then((builtIn) => set({ builtIn, ...facts(current, builtIn) }));
    },
    testShuffles(run, texts) {
      shuffling.abort();
      const mine = (shuffling = new AbortController());
      const say = (more: Partial<NonNullable<LanguageState["shuffle"]>>): void => {
        const before = get().shuffle ?? { run, done: 0, of: 0, bias: null, error: null };
        if (shuffling === mine) set({ shuffle: { ...before, ...more } });
      };
      set({ shuffle: { run, done: 0, of: 0, bias: null, error: null } });
      ports
        .testShuffles(run, texts, mine.signal, (done, of) => say({ done, of }))
        .then(
          (bias) => say({ bias }),
          (thrown: unknown) => {
            const error = toEngineError(thrown);
            if (error.code === "CANCELLED") set({ shuffle: null });
            else say({ error: error.data });
          },
        );
    },
    stopShuffles: () => shuffling.abort(),
  }));

  function change(settings: Partial<LanguageSettings>): void {
    current = { ...current, ...settings };
    store.setState({ ...settings, ...facts(current, store.getState().builtIn) });
    ports.save(withoutKeys(current));
    ports.saveKeys(rememberedKeys(current));
  }

  function again(): AbortController {
    trying.abort();
    return (trying = new AbortController());
  }

  function attempt(signal: AbortSignal, name: "chatTrial" | "rerankTrial", work: () => Promise<string>): void {
    const started = performance.now();
    store.setState({ [name]: { ...NOBODY, isRunning: true } });
    work().then(
      (text) => {
        if (signal.aborted) return;
        store.setState({ [name]: { ...NOBODY, text, milliseconds: performance.now() - started } });
      },
      (thrown: unknown) => {
        const error = toEngineError(thrown);
        store.setState({ [name]: error.code === "CANCELLED" ? null : { ...NOBODY, error: error.data } });
      },
    );
  }

  return Object.assign(store, {
    take(run: LlmRun): void {
      const { runs } = store.getState();
      const others = runs.filter((it) => it.query !== run.query || it.method !== run.method);
      store.setState({ runs: [run, ...others].slice(0, MOST_RUNS) });
    },
  });
}

function facts(
  { place, chat, tab, usesRerank, rerank }: LanguageSettings,
  builtIn: LanguageState["builtIn"],
): Pick<LanguageState, "isSetUp" | "isRerankSetUp"> {
  const isThere = (endpoint: Endpoint): boolean => endpoint.base !== "" && endpoint.model !== "";
  return {
    isSetUp:
      (place === "endpoint" && isThere(chat)) ||
      (place === "tab" && tab !== null) ||
      (place === "browser" && (builtIn === "ready" || builtIn === "downloadable")),
    // TEI serves one model and asks for no name.
    isRerankSetUp: usesRerank && rerank.base !== "" && (rerank.model !== "" || rerank.server === "tei"),
  };
}

function moved<T extends Endpoint>(before: T, change: Partial<T>): T {
  const after = { ...before, ...change };
  const isElsewhere = hostOf(after.base) !== hostOf(before.base);
  return isElsewhere && change.key === undefined ? { ...after, key: "" } : after;
}
