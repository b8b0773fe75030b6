import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Page, PageIndex } from "#core/model.ts";
import type { ReaderTarget } from "#state/reader-view.ts";
import { quadToBox, type Rotation, type Size, turned } from "../geometry.ts";
import {
  type Anchor,
  anchorAt,
  heightOf,
  PAGE_GAP,
  pageAt,
  type PageLayout,
  type PageRange,
  pagesBetween,
} from "./page-layout.ts";

/** Pages drawn beyond those that are seen, on each side. */
const AROUND = 1;
/** Where in the column a passage is put, and where somebody is taken to be looking: the upper third. */
const LOOK = 0.3;

interface PageScroll {
  readonly pages: readonly Page[];
  readonly layout: PageLayout | null;
  readonly column: Size | null;
  readonly scale: number;
  readonly turn: Rotation;
  readonly target: ReaderTarget | null;
  readonly onPage: (page: PageIndex) => void;
}

/** Scrolls to targets, keeps the place when the layout changes, and says which pages to draw. */
export function usePageScroll(
  scroller: RefObject<HTMLElement | null>,
  { pages, layout, column, scale, turn, target, onPage }: PageScroll,
): PageRange | null {
  const [range, setRange] = useState<PageRange | null>(null);
  const anchor = useRef<Anchor | null>(null);
  /** Somebody asked for this page: as long as nothing moves it is the current one, however small it is. */
  const pinned = useRef<{ page: PageIndex; top: number } | null>(null);

  const look = useCallback((): void => {
    const element = scroller.current;
    if (element === null || layout === null) return;
    const { scrollTop: top, clientHeight: height, scrollHeight: whole } = element;
    // At the very top zooming keeps the top.
    const y = top <= PAGE_GAP ? top : top + LOOK * height;
    anchor.current = anchorAt(layout, y);
    if (pinned.current !== null && Math.abs(pinned.current.top - top) > 2) pinned.current = null;
    const atEnd = top > 0 && top + height >= whole - 2;
    onPage(pinned.current?.page ?? (atEnd ? layout.tops.length - 1 : pageAt(layout, y)));
    const next = pagesBetween(layout, top, top + height, AROUND);
    setRange((old) => (old?.first === next.first && old.last === next.last ? old : next));
  }, [scroller, layout, onPage]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || layout === null) return;
    if (anchor.current !== null) {
      const was = pinned.current;
      const y = heightOf(layout, anchor.current);
      element.scrollTop = y <= PAGE_GAP ? y : y - LOOK * element.clientHeight;
      if (was !== null) pinned.current = { page: was.page, top: element.scrollTop };
      element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
    }
    look();
  }, [scroller, layout, look]);

  const reached = useRef<ReaderTarget | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const page = target === null ? undefined : pages[target.page];
    if (element === null || layout === null || column === null || target === null || page === undefined) return;
    if (reached.current === target) return;
    reached.current = target;
    const pageTop = layout.tops[page.index] ?? 0;
    if (target.quad === null) element.scrollTop = pageTop - PAGE_GAP;
    else {
      const box = quadToBox(page, turned(page.rotation, turn), scale)(target.quad);
      element.scrollTop = pageTop + box.top - LOOK * column.height;
      const pageLeft = (element.scrollWidth - (layout.widths[page.index] ?? 0)) / 2;
      const left = pageLeft + box.left;
      const isSeen = left >= element.scrollLeft && left + box.width <= element.scrollLeft + column.width;
      if (!isSeen) element.scrollLeft = left - LOOK * column.width;
    }
    pinned.current = { page: page.index, top: element.scrollTop };
    look();
  }, [scroller, pages, layout, column, scale, turn, target, look]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller, look]);

  return range;
}
