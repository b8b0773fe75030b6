import { type ClipboardEvent, type RefObject, useEffect } from "react";
import type { Page } from "#core/model.ts";
import { selectedText } from "./selected-text.ts";

/**
 * While text is being selected, a block under the spans of its layers catches the pointer, so that dragging over white
 * space does not select half the page.
 */
export function useSelection(column: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let isDown = false;
    const mark = (): void => {
      const selection = getSelection();
      const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
      for (const layer of column.current?.querySelectorAll<HTMLElement>("[data-text-layer]") ?? []) {
        const selects = range !== null && (isDown || !range.collapsed) && range.intersectsNode(layer);
        layer.toggleAttribute("data-selecting", isDown && selects);
      }
    };
    const down = (): void => void (isDown = true);
    const up = (): void => {
      isDown = false;
      mark();
    };
    document.addEventListener("pointerdown", down);
    document.addEventListener("pointerup", up);
    document.addEventListener("pointercancel", up);
    addEventListener("blur", up);
    document.addEventListener("selectionchange", mark);
    return () => {
      document.removeEventListener("pointerdown", down);
      document.removeEventListener("pointerup", up);
      document.removeEventListener("pointercancel", up);
      removeEventListener("blur", up);
      document.removeEventListener("selectionchange", mark);
    };
  }, [column]);
}

/** Copies our text of the selection instead of the spans' own, where there is one. */
export function copySelection(event: ClipboardEvent, pages: readonly Page[]): void {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return;
  const text = selectedText(pages, selection.getRangeAt(0));
  if (text === null) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}
