import { createStore, type StoreApi } from "zustand/vanilla";
import { toEngineError } from "#core/base/errors.ts";
import { DEFAULT_SETTINGS, type SearchSettings } from "#core/model.ts";
import type { Library } from "#engine/library.ts";
import type { SearchEngine } from "#engine/search.ts";
import { clampSettings } from "./settings.ts";
import type { SearchPhase, SearchResult, SearchView } from "./view.ts";

export interface SearchStore extends StoreApi<SearchView> {
  /** The library changed under a shown result: documents that are gone leave it. */
  refresh(): void;
}

/** Milliseconds between two states of a list that fills: fast enough to look alive. */
const DRAW_EVERY = 50;

/** Runs questions, newest first: a new one aborts the one that runs, and late updates of an old one are dropped. */
export function createSearchStore(
  engine: SearchEngine,
  library: Library,
  initial: Partial<SearchSettings> = {},
): SearchStore {
  let running: AbortController | null = null;
  let query = "";
  let drawn = 0;

  const store = createStore<SearchView>()((set, get) => ({
    settings: clampSettings({ ...DEFAULT_SETTINGS, ...initial }),
    phase: "idle",
    query: "",
    result: null,
    error: null,
    ask(text) {
      query = text.trim();
      set({ query });
      if (query === "") {
        running?.abort();
        running = null;
        set({ phase: "idle", result: null, error: null });
      } else void run();
    },
    change(settings) {
      set({ settings: clampSettings({ ...get().settings, ...settings }) });
      if (query !== "") void run();
    },
    stop: () => running?.abort(),
  }));

  /** Puts a burst of scores into one change of the page: a pool of 200 would otherwise draw 200 times. */
  function isBurst(phase: SearchPhase, now: number): boolean {
    if (phase === "reranking" && store.getState().phase === "reranking" && now - drawn < DRAW_EVERY) return true;
    drawn = now;
    return false;
  }

  async function run(): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const { settings } = store.getState();
    const asked = query;
    const current = (): boolean => running === mine;
    store.setState({ phase: "retrieving", error: null });
    try {
      await engine.run(asked, settings, mine.signal, ({ phase, ...update }) => {
        if (!current() || isBurst(phase, performance.now())) return;
        const result: SearchResult = {
          query: asked,
          settings,
          chunks: library.chunks,
          documents: library.records,
          ...update,
        };
        store.setState({ phase, result });
      });
    } catch (thrown) {
      if (!current()) return;
      const error = toEngineError(thrown);
      if (error.code === "CANCELLED") store.setState({ phase: "idle" });
      else store.setState({ phase: "failed", error: error.data, result: null });
    }
  }

  return Object.assign(store, {
    refresh(): void {
      const { settings } = store.getState();
      const left = settings.documents?.filter((id) => library.records.has(id)) ?? null;
      // The last of the chosen documents is gone: all are asked again. Who chose none keeps none.
      const documents = left?.length === 0 && settings.documents?.length !== 0 ? null : left;
      store.setState({ settings: { ...settings, documents } });
      if (query === "" || store.getState().result === null) return;
      if (library.records.size === 0) store.getState().ask("");
      else void run();
    },
  });
}
