import type { LlmSettings } from "./settings.ts";

/** A run of places in the list, end exclusive. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/**
 * The windows of one pass, back to front, the first places last. The reference implementations drop windows here: RankGPT
 * never looks at the top 5 of 25 with 20/10, rank_llm's synchronous loop not at 10 with 20/10.
 *
 * Source: RankGPT (Sun et al. 2023), with the windows of rank_llm's `_count_windows`.
 */
export function slidingWindows(
  n: number,
  { window, step, lastWindow }: Pick<LlmSettings, "window" | "step" | "lastWindow">,
): Span[] {
  if (!(step >= 1 && step < window)) throw new RangeError(`a step of ${step} in windows of ${window}`);
  const spans: Span[] = [];
  for (let end = n; end > 0; end -= step) {
    const begin = Math.max(0, end - window);
    if (begin === 0) {
      spans.push({ begin, end: lastWindow === "full" ? Math.min(n, window) : end });
      break;
    }
    spans.push({ begin, end });
  }
  return spans;
}

/** Calls of one pass: 1 + ⌈(n − window) / step⌉, 1 where all fit, 0 for nothing. */
export function windowCalls(n: number, window: number, step: number): number {
  if (n <= 0) return 0;
  return n <= window ? 1 : 1 + Math.ceil((n - window) / step);
}

/**
 * Ranks a list window by window; each needs the one before. What `rank` gives for a window, a permutation of its items,
 * takes the window's places.
 *
 * @param items in the order before; not changed
 * @param onOrder sees the whole list after each window: a permutation at any time (rule R3)
 */
export async function slide<T>(
  items: readonly T[],
  settings: Pick<LlmSettings, "window" | "step" | "lastWindow" | "passes">,
  rank: (items: readonly T[], span: Span, pass: number) => Promise<readonly T[]>,
  onOrder: (order: readonly T[]) => void | Promise<void>,
): Promise<T[]> {
  const order = [...items];
  for (let pass = 1; pass <= settings.passes; pass += 1) {
    for (const span of slidingWindows(order.length, settings)) {
      const ranked = await rank(order.slice(span.begin, span.end), span, pass);
      order.splice(span.begin, span.end - span.begin, ...ranked);
      await onOrder([...order]);
    }
  }
  return order;
}
