import { EngineError } from "#core/base/errors.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { Reranker } from "#core/ports.ts";
import { LLM_METHODS, llmId, RERANK_API } from "#core/rerank/llm/settings.ts";
import { Turns } from "#engine/turns.ts";
import { createLanguageStore, type LanguageStore } from "#state/language-store.ts";
import { once } from "#workers/model/once.ts";
import { readPreference, writePreference } from "./preferences.ts";

const SETTINGS = "language-model";
const KEYS = "language-keys";

interface LanguageParts {
  readonly site: string;
  /** Models that run in the tab, by id. */
  readonly inTab: ReadonlyMap<string, LanguageModel>;
  /** LLM re-rankers and the rerank API are added here, by id. */
  readonly rerankers: Map<string, Reranker>;
}

export interface Language {
  readonly store: LanguageStore;
  /** The model that is set up; null where none is. */
  readonly model: () => LanguageModel | null;
}

/** The language model that a person set up, and the re-rankers that ask it. Loads nothing before it is asked. */
export function languageModels({ site, inTab, rerankers }: LanguageParts): Language {
  const parts = once(() => import("./language-parts.ts"));
  const frames = once(async () => (await parts()).endpointFrames(site));
  let made: { readonly key: string; readonly model: LanguageModel } | null = null;

  function model(): LanguageModel | null {
    const { place, chat, tab, isSetUp } = store.getState();
    const key = JSON.stringify([place, chat, tab]);
    if (made?.key !== key) {
      made?.model.release();
      made = null;
    }
    if (!isSetUp) return null;
    if (made !== null) return made.model;
    const lazy = lazyModel(async () => {
      if (place === "endpoint") return (await parts()).chatClient(await frames(), chat);
      if (place === "browser") return (await parts()).builtInModel();
      const found = place === "tab" && tab !== null ? inTab.get(tab) : undefined;
      if (found === undefined) throw new EngineError("MODEL_MISSING", "not here", { model: tab });
      return found;
    });
    made = { key, model: lazy };
    return lazy;
  }

  const api = lazyReranker(async () => {
    const endpoint = () => store.getState().rerank;
    return (await parts()).rerankApi(await frames(), endpoint);
  });
  const rerank: Reranker = {
    ...api,
    load(...args) {
      if (store.getState().isRerankSetUp) return api.load(...args);
      return Promise.reject(new EngineError("LLM_OFF", "no rerank API is set up", { what: "rerank" }));
    },
  };
  const store = createLanguageStore({
    saved: readPreference(SETTINGS),
    savedKeys: readPreference(KEYS),
    save: (settings) => writePreference(SETTINGS, settings),
    saveKeys: (keys) => writePreference(KEYS, keys),
    model,
    rerankApi: rerank,
    listModels: async (endpoint, signal) => (await parts()).listModels(await frames(), endpoint, signal),
    builtIn: async () => (await parts()).builtInState(),
    async testShuffles(run, texts, signal, onProgress) {
      const asked = model();
      if (asked === null) throw new EngineError("LLM_OFF", "no language model is set up");
      return (await parts()).testShuffles(asked, run, texts, signal, onProgress);
    },
  });
  for (const method of LLM_METHODS) {
    rerankers.set(
      llmId(method),
      lazyReranker(async () => {
        const { LlmReranker } = await parts();
        return new LlmReranker({
          method,
          model,
          settings: () => store.getState().ranking,
          onRun: (run) => store.take(run),
        });
      }),
    );
  }
  rerankers.set(RERANK_API, rerank);
  // One that is no longer set up gives its memory back at once.
  store.subscribe(() => void model());
  if (store.getState().place === "browser") store.getState().findBuiltIn();
  return { store, model };
}

function lazyReranker(make: () => Promise<Reranker>): Reranker {
  const it = once(make);
  let isMade = false;
  const get = (): Promise<Reranker> => ((isMade = true), it());
  return {
    load: async (...args) => (await get()).load(...args),
    score: async (...args) => (await get()).score(...args),
    release: () => void (isMade && it().then((made) => made.release())),
  };
}

/** One call at a time, also where several things ask: a worker has one session, a small server one slot. */
function lazyModel(make: () => Promise<LanguageModel>): LanguageModel {
  const it = once(make);
  const turns = new Turns();
  let isMade = false;
  const get = (): Promise<LanguageModel> => ((isMade = true), it());
  return {
    load: async (...args) => (await get()).load(...args),
    generate: (request, signal, onText) =>
      turns.take(async () => {
        signal.throwIfAborted();
        return (await get()).generate(request, signal, onText);
      }),
    countTokens: async (messages) => (await get()).countTokens(messages),
    release: () => void (isMade && it().then((made) => made.release())),
  };
}
