import type { Size } from "../geometry.ts";

/** `width` and `page` follow the column; a number is CSS pixels per point. */
export type Zoom = "width" | "page" | number;

/** CSS pixels per point at 100 %. */
export const ACTUAL_SIZE = 96 / 72;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5].map(
  (it) => it * ACTUAL_SIZE,
);
const LIMITS = { min: STEPS[0]!, max: STEPS.at(-1)! };
/** Browsers stop at about 17 million pixels of height (Firefox) and then show the wrong pages. */
const TALLEST_COLUMN = 15_000_000;
/** Left and right of the page, together. */
const MARGIN = 24;

/** The size that most pages have: one fold-out must not make the others small. */
export function usualSize(sizes: readonly Size[]): Size {
  const counts = new Map<string, { size: Size; pages: number }>();
  for (const size of sizes) {
    const key = `${Math.round(size.width)}:${Math.round(size.height)}`;
    const entry = counts.get(key) ?? { size, pages: 0 };
    entry.pages += 1;
    counts.set(key, entry);
  }
  let best: { size: Size; pages: number } | null = null;
  for (const entry of counts.values()) if (best === null || entry.pages > best.pages) best = entry;
  return best?.size ?? { width: 612, height: 792 };
}

/** CSS pixels per point. `column` is the room for pages in CSS pixels, `points` the height of all pages. */
export function scaleOf(zoom: Zoom, usual: Size, column: Size, points: number): number {
  const most = Math.min(LIMITS.max, TALLEST_COLUMN / Math.max(1, points));
  const wide = (column.width - MARGIN) / usual.width;
  const high = (column.height - MARGIN) / usual.height;
  const wanted = zoom === "width" ? wide : zoom === "page" ? Math.min(wide, high) : zoom;
  // A column narrower than the smallest step is still filled, not overflown.
  return Math.max(0.05, Math.min(wanted, most));
}

/** The next step from a scale, up or down. */
export function nextStep(scale: number, direction: 1 | -1): number {
  const far = 1 + 0.02 * direction;
  const found =
    direction === 1 ? STEPS.find((step) => step > scale * far) : STEPS.findLast((step) => step < scale * far);
  return found ?? (direction === 1 ? LIMITS.max : LIMITS.min);
}

/** "125 %". */
export function percent(scale: number): string {
  return `${Math.round((scale / ACTUAL_SIZE) * 100)}\u202f%`;
}
