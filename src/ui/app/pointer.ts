import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChunkId } from "#core/model.ts";

/** What the lists and the reader say to each other about rows; no part of it outlives the page. */
export interface PointerView {
  /** Pointed at by its mark in the reader: its rows are lit. */
  readonly pointed: ChunkId | null;
  /** The row to go to: a new object for every wish. */
  readonly wanted: { readonly chunkId: ChunkId } | null;
  /** The focus should go to the reader's pages. */
  readonly readerWanted: boolean;
  /** What the reader was opened from last: it gets the focus back. */
  readonly opener: HTMLElement | null;
  point(id: ChunkId | null): void;
  /** Shows the row of a chunk and gives it the focus. */
  goTo(id: ChunkId): void;
  /** A passage was opened from `opener`; `byKey`: the focus should go to the reader's pages as soon as they are there. */
  leave(opener: HTMLElement | null, byKey: boolean): void;
  /** A wish is fulfilled, or cannot be. */
  settle(): void;
}

export function createPointer(): StoreApi<PointerView> {
  return createStore<PointerView>()((set) => ({
    pointed: null,
    wanted: null,
    readerWanted: false,
    opener: null,
    point: (pointed) => set({ pointed }),
    goTo: (chunkId) => set({ wanted: { chunkId }, pointed: null }),
    leave: (opener, readerWanted) => set({ opener, readerWanted }),
    settle: () => set({ wanted: null, readerWanted: false }),
  }));
}
