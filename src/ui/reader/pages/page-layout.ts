/** Where pages stand in the column, known before any of them is drawn: scrolling never jumps. CSS pixels. */
import type { PageIndex } from "#core/model.ts";
import type { Size } from "../geometry.ts";

export interface PageLayout {
  readonly tops: Float64Array;
  readonly widths: Float64Array;
  readonly heights: Float64Array;
  readonly width: number;
  readonly height: number;
}

export interface PageRange {
  readonly first: PageIndex;
  /** Inclusive. */
  readonly last: PageIndex;
}

export const PAGE_GAP = 12;

/** `sizes`: points, as turned. Whole pixels, so that no page begins between two of them. */
export function layoutPages(sizes: readonly Size[], scale: number): PageLayout {
  const tops = new Float64Array(sizes.length);
  const widths = new Float64Array(sizes.length);
  const heights = new Float64Array(sizes.length);
  let y = PAGE_GAP;
  let width = 0;
  for (const [i, size] of sizes.entries()) {
    tops[i] = y;
    widths[i] = Math.max(1, Math.round(size.width * scale));
    heights[i] = Math.max(1, Math.round(size.height * scale));
    width = Math.max(width, widths[i]!);
    y += heights[i]! + PAGE_GAP;
  }
  return { tops, widths, heights, width, height: y };
}

/** The page at a height; gaps belong to the page above, what lies outside to the nearest page. */
export function pageAt({ tops }: PageLayout, y: number): PageIndex {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle]! <= y) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The pages seen between two heights, and `around` more on each side. */
export function pagesBetween(layout: PageLayout, top: number, bottom: number, around: number): PageRange {
  return {
    first: Math.max(0, pageAt(layout, top) - around),
    last: Math.min(layout.tops.length - 1, pageAt(layout, bottom) + around),
  };
}

/** A place that stays the same when the layout changes: a page and how far down it, as a share of its height. */
export interface Anchor {
  readonly page: PageIndex;
  readonly share: number;
}

export function anchorAt(layout: PageLayout, y: number): Anchor {
  const page = pageAt(layout, y);
  return { page, share: (y - (layout.tops[page] ?? 0)) / (layout.heights[page] ?? 1) };
}

export function heightOf(layout: PageLayout, { page, share }: Anchor): number {
  return (layout.tops[page] ?? 0) + share * (layout.heights[page] ?? 0);
}
