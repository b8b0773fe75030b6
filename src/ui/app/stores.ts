import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { LibraryActions, LibraryView, SearchActions, SearchView } from "#state/view.ts";

export interface Stores {
  readonly library: StoreApi<LibraryView>;
  readonly search: StoreApi<SearchView>;
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
