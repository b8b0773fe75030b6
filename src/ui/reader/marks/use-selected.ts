import { useEffect, useState } from "react";
import type { Page, PageIndex } from "#core/model.ts";
import { selectedText } from "../pages/selected-text.ts";

export interface Selected {
  readonly text: string;
  readonly firstPage: PageIndex;
  readonly lastPage: PageIndex;
}

/** What is selected in the reader's pages, read when the selection ends; null without a selection there. */
export function useSelected(pages: readonly Page[]): Selected | null {
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    const read = () => setSelected(selectionIn(pages));
    let timer = 0;
    // Dragging changes the selection at every move; its text is put together once it rests.
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(read, 120);
    };
    document.addEventListener("selectionchange", later);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", later);
    };
  }, [pages]);
  return selected;
}

function selectionIn(pages: readonly Page[]): Selected | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [first, last] = [pageOf(range.startContainer), pageOf(range.endContainer)];
  const text = first === null ? "" : (selectedText(pages, range) ?? selection.toString());
  return first === null || text.trim() === "" ? null : { text, firstPage: first, lastPage: last ?? first };
}

function pageOf(node: Node): PageIndex | null {
  const element = node instanceof Element ? node : node.parentElement;
  const page = element?.closest("[data-reader-pages]") ? element.closest<HTMLElement>("[data-page]") : null;
  return page === null ? null : Number(page.dataset["page"]);
}
