import type { Points } from "../model.ts";
import type { Line } from "./line.ts";
import { firstCharacter, isHangul, isSpaceless } from "./script.ts";

/** A column holds this share of the lines at least. */
const SMALLEST = 0.15;
/** Lines across the gutter (headings, wide figures), as a share: beyond it there is none. */
const MOST_ACROSS = 0.3;
/** Width of a gutter, in sizes. */
const NARROWEST = 0.5;
const SAME_BASELINE = 0.3;
/** Rows that stand side by side with shorter cells than this are a table: row by row. Ideographs count double. */
const CELL = 12;
const ALIGNED = 0.5;

/**
 * Lines of one direction in reading order, by where they stand (recursive XY-cut): columns one after the other, lines
 * across them between what stands above and below, and row by row what has no columns. `gutters`: places that are
 * known to part columns. O(n log² n).
 */
export function cutAndSort(lines: readonly Line[], gutters: readonly Points[] = []): Line[] {
  if (lines.length < 2) return [...lines];
  const gutter = gutters.find((x) => parts(lines, x)) ?? widestGutter(lines);
  if (gutter === null) return byRows(lines);
  return bandsOf(lines, gutter).flatMap((band) => {
    const left = band.filter((line) => line.to <= gutter);
    const right = band.filter((line) => line.to > gutter);
    // Lines without width count on both sides of a gutter: it may part nothing.
    if (band.some((line) => isAcross(line, gutter)) || Math.max(left.length, right.length) === lines.length) {
      return byRows(band);
    }
    return band.some(({ rtl }) => rtl)
      ? [...cutAndSort(right, gutters), ...cutAndSort(left, gutters)]
      : [...cutAndSort(left, gutters), ...cutAndSort(right, gutters)];
  });
}

/** Whether lines stand on both sides of a gutter and few across it. */
function parts(lines: readonly Line[], x: Points): boolean {
  const across = lines.filter((line) => isAcross(line, x)).length;
  const left = lines.filter(({ to }) => to <= x).length;
  return left > 0 && left + across < lines.length && across <= MOST_ACROSS * lines.length;
}

function isAcross({ from, to }: Line, x: Points): boolean {
  return from < x && to > x;
}

/** The place that fewest lines cross, the widest of several; null where the lines are no columns. */
function widestGutter(lines: readonly Line[]): Points | null {
  const starts = lines.map(({ from }) => from).toSorted((a, b) => a - b);
  const ends = lines.map(({ to }) => to).toSorted((a, b) => a - b);
  const narrowest = NARROWEST * medianSize(lines);
  const fewest = SMALLEST * lines.length;
  let best: { readonly x: Points; readonly across: number; readonly width: Points } | null = null;
  let begun = 0;
  for (const [i, end] of ends.entries()) {
    while (begun < starts.length && (starts[begun] ?? 0) < end) begun += 1;
    const [left, right] = [i + 1, lines.length - begun];
    const width = (starts[begun] ?? end) - end;
    const across = begun - left;
    if (width < 0 || left < fewest || right < fewest || across > MOST_ACROSS * lines.length) continue;
    if (best !== null && (across > best.across || (across === best.across && width <= best.width))) continue;
    // What crosses hides how wide the gutter is; only without it is the width known.
    if (across === 0 && width < narrowest) continue;
    best = { x: end, across, width };
  }
  return best === null || isTable(lines, best.x) ? null : best.x;
}

/** Whether both sides are cells on common baselines rather than columns of text. */
function isTable(lines: readonly Line[], x: Points): boolean {
  const left = lines.filter(({ to }) => to <= x);
  const right = lines.filter(({ from }) => from >= x);
  const [few, many] = left.length < right.length ? [left, right] : [right, left];
  if (Math.min(meanLength(left), meanLength(right)) >= CELL) return false;
  const baselines = many.map(({ base }) => base).toSorted((a, b) => a - b);
  const aligned = few.filter((line) => nearest(baselines, line.base) <= SAME_BASELINE * line.size);
  return aligned.length >= ALIGNED * few.length;
}

function meanLength(lines: readonly Line[]): number {
  const sum = lines.reduce((total, { text }) => {
    const first = firstCharacter(text);
    return total + (isSpaceless(first) || isHangul(first) ? 2 : 1) * text.length;
  }, 0);
  return sum / lines.length;
}

function nearest(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return Math.min(Math.abs((sorted[low] ?? Infinity) - value), Math.abs((sorted[low - 1] ?? Infinity) - value));
}

function medianSize(lines: readonly Line[]): Points {
  return lines.map(({ size }) => size).toSorted((a, b) => a - b)[lines.length >> 1] ?? 0;
}

/** From the top: lines beside the gutter, lines across it, and so on. */
function bandsOf(lines: readonly Line[], x: Points): Line[][] {
  const bands: Line[][] = [];
  let across: boolean | null = null;
  for (const line of lines.toSorted((a, b) => b.base - a.base)) {
    if (isAcross(line, x) !== across) bands.push([]);
    across = isAcross(line, x);
    bands.at(-1)?.push(line);
  }
  return bands;
}

/** Row by row from the top, each from where it begins. */
function byRows(lines: readonly Line[]): Line[] {
  const rows: Line[][] = [];
  for (const line of lines.toSorted((a, b) => b.base - a.base)) {
    const first = rows.at(-1)?.[0];
    if (first && first.base - line.base <= SAME_BASELINE * Math.min(first.size, line.size)) rows.at(-1)?.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => (a.rtl && b.rtl ? b.to - a.to : a.from - b.from)));
}
