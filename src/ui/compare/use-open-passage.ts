import { type RefObject, useCallback, useEffect, useEffectEvent } from "react";
import type { ChunkId } from "#core/model.ts";
import { usePointerActions, useReaderActions } from "../app/stores.ts";
import { refOf, rowElement } from "./use-active-row.ts";

/** `title`: the row's button; `byKey`: the focus should follow. */
export type OpenPassage = (id: ChunkId, title: HTMLElement | null, byKey: boolean) => void;

/** Opens a row's passage in the reader: its title calls what is returned, a click on its text does the same. */
export function useOpenPassage(box: RefObject<HTMLElement | null>): OpenPassage {
  const reader = useReaderActions();
  const pointer = usePointerActions();
  const open = useCallback<OpenPassage>(
    (id, title, byKey) => {
      pointer.leave(title, byKey);
      reader.openChunk(id);
    },
    [reader, pointer],
  );
  const onClick = useEffectEvent((event: MouseEvent) => {
    const row = rowElement(event.target);
    if (row === null || !(event.target instanceof Element) || event.target.closest("[data-row-text]") === null) return;
    // Who marks words with the mouse wants to copy them.
    if (getSelection()?.isCollapsed === false) return;
    open(refOf(row).chunkId as ChunkId, row.querySelector<HTMLElement>("[data-row-button]"), false);
  });
  useEffect(() => {
    const element = box.current;
    const listener = (event: MouseEvent) => onClick(event);
    element?.addEventListener("click", listener);
    return () => element?.removeEventListener("click", listener);
  }, [box]);
  return open;
}
