import { type RefObject, useEffect, useState } from "react";
import type { Side } from "./rows.ts";

/** A row of a list: the same chunk has one on each side. */
export interface RowRef {
  readonly side: Side;
  readonly chunkId: string;
}

export type RowKey = `${Side} ${string}`;

export function keyOf({ side, chunkId }: RowRef): RowKey {
  return `${side} ${chunkId}`;
}

export function rowElement(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("li[data-chunk-id]") : null;
}

export function refOf(row: HTMLElement): RowRef {
  const side = row.dataset["side"] === "before" ? "before" : "after";
  return { side, chunkId: row.dataset["chunkId"] ?? "" };
}

function same(a: RowRef | null, b: RowRef | null): boolean {
  return a === b || (a !== null && b !== null && a.side === b.side && a.chunkId === b.chunkId);
}

/** The rows under the pointer and with the focus. A touch is no hover: it would stay after the finger left. */
export function useActiveRow(box: RefObject<HTMLElement | null>) {
  const [hovered, setHovered] = useState<RowRef | null>(null);
  const [focused, setFocused] = useState<RowRef | null>(null);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const note = (set: typeof setHovered, target: EventTarget | null) => {
      const row = rowElement(target);
      const next = row === null || !element.contains(row) ? null : refOf(row);
      set((now) => (same(now, next) ? now : next));
    };
    // Only a pointer that moves points at something: rows that come to lie under a resting one are not meant.
    // Some browsers report those as a move too, at the same coordinates.
    let x = -1;
    let y = -1;
    const moved = (event: PointerEvent) => {
      if (event.pointerType === "touch" || (event.clientX === x && event.clientY === y)) return;
      x = event.clientX;
      y = event.clientY;
      note(setHovered, event.target);
    };
    element.addEventListener("pointermove", moved, { signal, passive: true });
    element.addEventListener("pointerleave", () => setHovered(null), { signal });
    element.addEventListener("focusin", (event) => note(setFocused, event.target), { signal });
    element.addEventListener("focusout", (event) => note(setFocused, event.relatedTarget), { signal });
    return () => stop.abort();
  }, [box]);

  return { hovered, focused };
}
