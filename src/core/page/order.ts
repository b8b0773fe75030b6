import type { Line } from "./line.ts";
import { sameDirection } from "./direction.ts";
import { guttersOf, splitAt } from "./gutters.ts";
import type { SourcePage } from "./source.ts";
import { cutAndSort } from "./xy-cut.ts";

/** Steps upwards, beyond which the drawing order is not one that anybody reads. */
const MOST_UPWARD = 0.08;
/** One jump on a page of ten lines is a header that was drawn last. */
const FEWEST_UPWARD = 3;
const STEP = 0.5;

/**
 * Lines in the order in which people read them. The drawing order is trusted, because it knows what cannot be seen
 * (tables, text boxes, vertical columns), but not where it jumps upwards or goes through the rows of several columns.
 */
export function inReadingOrder(lines: readonly Line[], _page: Pick<SourcePage, "width" | "height">): Line[] {
  const first = lines[0];
  if (first === undefined || isVertical(first)) return [...lines];
  const main = lines.filter((line) => sameDirection(line, first));
  const rest = main.length === lines.length ? [] : lines.filter((line) => !sameDirection(line, first));
  const gutters = guttersOf(main);
  if (gutters.length === 0 && !jumpsUpwards(main)) return [...lines];
  return [...cutAndSort(splitAt(main, gutters)), ...rest];
}

/** Columns of vertical writing stand side by side as lines do, but are rarely as long: their order is that of drawing. */
function isVertical({ dirY, runs }: Line): boolean {
  const run = runs[0]?.run;
  return dirY < -0.9 && run !== undefined && run.ascent === 0.5 && run.descent === -0.5;
}

function jumpsUpwards(lines: readonly Line[]): boolean {
  let upward = 0;
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before === undefined || line.base - before.base <= STEP * Math.max(line.size, before.size)) continue;
    // Up and on: the next column or cell.
    const isBeside = line.rtl ? line.to <= before.from : line.from >= before.to;
    if (!isBeside) upward += 1;
  }
  return upward >= FEWEST_UPWARD && upward > MOST_UPWARD * (lines.length - 1);
}
