import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { AnswerView } from "#state/answer-store.ts";
import type { JudgementActions, JudgementView } from "#state/judgement-store.ts";
import type { EvaluateActions, EvaluateView } from "#state/evaluate-view.ts";
import type { LanguageActions, LanguageView } from "#state/language-view.ts";
import type { ModelsActions, ModelsView } from "#state/models-view.ts";
import type { ReaderActions, ReaderView } from "#state/reader-view.ts";
import type { LibraryActions, LibraryView, SearchActions, SearchView } from "#state/view.ts";
import type { SyntheticView } from "#state/synthetic-store.ts";
import type { WhyActions, WhyView } from "#state/why-store.ts";
import type { PointerView } from "./pointer.ts";

export interface Stores {
  readonly library: StoreApi<LibraryView>;
  readonly search: StoreApi<SearchView>;
  readonly reader: StoreApi<ReaderView>;
  readonly judgement: StoreApi<JudgementView>;
  readonly evaluate: StoreApi<EvaluateView>;
  readonly models: StoreApi<ModelsView>;
  readonly language: StoreApi<LanguageView>;
  /** Always the same promise: loaded with the first result. */
  readonly answers: () => Promise<StoreApi<AnswerView>>;
  /** The same, with Evaluate. */
  readonly synthetic: () => Promise<StoreApi<SyntheticView>>;
  readonly why: StoreApi<WhyView>;
  readonly pointer: StoreApi<PointerView>;
}

export const StoresContext = createContext<Stores | null>(null);

export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error("rendered outside App");
  return stores;
}

export function useLibrary<T>(select: (view: LibraryView) => T): T {
  return useStore(useStores().library, select);
}

/** Actions never change, so that using them subscribes to nothing. */
export function useLibraryActions(): LibraryActions {
  return useStores().library.getState();
}

export function useSearchActions(): SearchActions {
  return useStores().search.getState();
}

export function useSearch<T>(select: (view: SearchView) => T): T {
  return useStore(useStores().search, select);
}

export function useReaderActions(): ReaderActions {
  return useStores().reader.getState();
}

export function useReader<T>(select: (view: ReaderView) => T): T {
  return useStore(useStores().reader, select);
}

export function usePointerActions(): PointerView {
  return useStores().pointer.getState();
}

export function usePointer<T>(select: (view: PointerView) => T): T {
  return useStore(useStores().pointer, select);
}

export function useJudgementActions(): JudgementActions {
  return useStores().judgement.getState();
}

export function useJudgement<T>(select: (view: JudgementView) => T): T {
  return useStore(useStores().judgement, select);
}

export function useEvaluateActions(): EvaluateActions {
  return useStores().evaluate.getState();
}

export function useWhyActions(): WhyActions {
  return useStores().why.getState();
}

export function useWhy<T>(select: (view: WhyView) => T): T {
  return useStore(useStores().why, select);
}

export function useModelsActions(): ModelsActions {
  return useStores().models.getState();
}

export function useModels<T>(select: (view: ModelsView) => T): T {
  return useStore(useStores().models, select);
}

export function useLanguageActions(): LanguageActions {
  return useStores().language.getState();
}

export function useLanguage<T>(select: (view: LanguageView) => T): T {
  return useStore(useStores().language, select);
}

export function useEvaluate<T>(select: (view: EvaluateView) => T): T {
  return useStore(useStores().evaluate, select);
}
