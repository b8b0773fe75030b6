import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { ReaderActions, ReaderView } from "#state/reader-view.ts";

interface ReaderScope {
  readonly store: StoreApi<ReaderView>;
  /** Where pdf.js's data files lie: absolute, with a slash at the end. */
  readonly assets: string;
}

export const ReaderContext = createContext<ReaderScope | null>(null);

function useScope(): ReaderScope {
  const scope = useContext(ReaderContext);
  if (scope === null) throw new Error("rendered outside Reader");
  return scope;
}

export function useReader<T>(select: (view: ReaderView) => T): T {
  return useStore(useScope().store, select);
}

/** Actions never change, so that using them subscribes to nothing. */
export function useReaderActions(): ReaderActions {
  return useScope().store.getState();
}

export function useAssets(): string {
  return useScope().assets;
}
