import type { Points } from "../model.ts";
import { sameDirection } from "./direction.ts";
import { guttersOf, placeOf, splitAt } from "./gutters.ts";
import type { Line } from "./line.ts";
import { cutAndSort } from "./xy-cut.ts";

/** Steps upwards, beyond which the drawing order is not one that anybody reads. */
const MOST_UPWARD = 0.08;
/** One jump on a page of ten lines is a header that was drawn last. */
const FEWEST_UPWARD = 3;
const STEP = 0.5;
/** Steps to another column and back to the next line of the one before: nobody reads so. As a share, and at least. */
const MOST_ASIDE = { share: 0.05, least: 3 };
/** Cells of a table are shorter, or numbers. */
const PROSE = /(?:\p{L}\P{L}{0,9}){16}/u;
const NEXT_LINE = 1.6;
/** Cells of one row may wobble by this. */
const SAME_BASELINE = 0.2;

/**
 * The lines of each page in the order in which people read them. The drawing order is trusted, because it knows what
 * cannot be seen (tables, text boxes, vertical columns), but not where it jumps upwards or goes through the rows of
 * several columns. A document's last page often has too few rows to tell: it is read as the others are.
 */
export function toReadingOrder(pages: readonly (readonly Line[])[]): Line[][] {
  const known = Array.from(new Set(pages.flatMap((lines) => guttersOf(mainLines(lines)))));
  return pages.map((lines) => inOrder(lines, known.length === 0 ? [] : guttersOf(mainLines(lines), known)));
}

function inOrder(lines: readonly Line[], gutters: readonly Points[]): Line[] {
  const main = mainLines(lines);
  if (gutters.length === 0 && !jumpsUpwards(main) && !stepsAside(main)) return [...lines];
  const rest = main.length === lines.length ? [] : lines.slice(main.length);
  const rtl = main.some((line) => line.rtl);
  return [
    ...cutAndSort(
      splitAt(main, gutters),
      gutters.map((gutter) => placeOf(gutter, rtl)),
    ),
    ...rest,
  ];
}

/** Those of the direction of most of the page; none of vertical writing, whose columns stand side by side as lines do. */
function mainLines(lines: readonly Line[]): Line[] {
  const first = lines[0];
  if (first === undefined || isVertical(first)) return [];
  const end = lines.findIndex((line) => !sameDirection(line, first));
  return lines.slice(0, end === -1 ? lines.length : end);
}

function isVertical(line: Line): boolean {
  const run = line.runs[0]?.run;
  if (line.dirY > -0.9 || run === undefined) return false;
  return (run.ascent === 0.5 && run.descent === -0.5) || !sameDirection(line, run);
}

/** Whether columns were drawn line by line, each on baselines of its own. */
function stepsAside(lines: readonly Line[]): boolean {
  let aside = 0;
  for (const [i, line] of lines.entries()) {
    const [before, after] = [lines[i - 1], lines[i + 1]];
    if (before === undefined || after === undefined || isOver(before, line) || isOver(line, after)) continue;
    const isColumn = isOver(before, after) && before.base - after.base <= NEXT_LINE * before.size;
    const isBetween = Math.min(before.base - line.base, line.base - after.base) > SAME_BASELINE * before.size;
    if (isColumn && isBetween && PROSE.test(before.text) && PROSE.test(after.text)) aside += 1;
  }
  return aside >= MOST_ASIDE.least && aside > MOST_ASIDE.share * (lines.length - 1);
}

function isOver(a: Line, b: Line): boolean {
  return a.from < b.to && b.from < a.to;
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
