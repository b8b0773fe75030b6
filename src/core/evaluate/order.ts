import type { Grades, MetricOptions } from "./model.ts";

/** A question's items, best first; where ties are not `input`, with the scores they were sorted by. */
export interface RankedItems {
  readonly items: readonly string[];
  /** Same length; NaN equals nothing, not even NaN. */
  readonly scores?: readonly number[];
}

/**
 * The items in the order in which they are counted and exported (rules M2, M3): neighbours of equal score by `ties`, then
 * without the unjudged where they are skipped.
 */
export function countedItems(
  { items, scores }: RankedItems,
  grades: Grades,
  { ties, unjudged }: Pick<MetricOptions, "ties" | "unjudged">,
): readonly string[] {
  const ordered = ties === "input" || scores === undefined ? items : orderTies(items, scores, ties);
  return unjudged === "skip" ? ordered.filter((item) => (grades.get(item) ?? -1) >= 0) : ordered;
}

/** Only neighbours change places: the list is in its final order, and a logit says nothing about a retriever's score. */
function orderTies(items: readonly string[], scores: readonly number[], ties: "docDesc" | "docAsc"): string[] {
  const sign = ties === "docAsc" ? 1 : -1;
  const ordered: string[] = [];
  for (let from = 0; from < items.length;) {
    let to = from + 1;
    while (to < items.length && scores[to] === scores[from]) to++;
    ordered.push(...items.slice(from, to).toSorted((a, b) => sign * byCodePoint(a, b)));
    from = to;
  }
  return ordered;
}

/** The order of strcmp over UTF-8, which trec_eval has; `<` over UTF-16 puts U+FF5E behind emoji. */
export function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return place(left) - place(right);
  }
  return a.length - b.length;
}

/** Halves of surrogate pairs stand for code points behind all others. */
function place(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
