import type { Points } from "../model.ts";
import { along, bounded, sizeOf } from "./direction.ts";
import type { Line, PlacedRun } from "./line.ts";
import { firstCharacter, isHangul, isSpaceless } from "./script.ts";

/** No justified line sets words further apart; columns are. */
const NARROWEST = 0.6;
const SAME_BASELINE = 0.15;
/** Columns begin at one edge; this far apart at most. */
const EDGE: Points = 1.5;
/** Rows that must show the same edge before a page counts as drawn through its columns; fewer where another page does. */
const FEWEST_ROWS = { alone: 5, known: 2 };
/** Most rows of prose columns are this long on both sides; table cells are not. Ideographs and Hangul count double. */
const PROSE = { letters: 16, share: 0.6 };

/** Neighbouring parts of one row, with white space between them as wide as a gutter. */
interface Pair {
  readonly edge: Points;
  readonly base: Points;
  readonly isProse: boolean;
}

/** Part of a line without wide gaps. Positions grow in the direction of reading. */
interface Part {
  readonly from: Points;
  readonly to: Points;
  readonly base: Points;
  readonly size: Points;
  readonly letters: number;
}

/**
 * Where columns of prose begin that were drawn row by row, in reading positions (negative for right-to-left text).
 * Empty where the drawing order can be trusted. `known`: those of the document's other pages.
 */
export function guttersOf(lines: readonly Line[], known: readonly Points[] = []): Points[] {
  const pairs = toPairs(lines.flatMap(toParts)).toSorted((a, b) => a.edge - b.edge);
  const gutters: Points[] = [];
  for (let from = 0; from < pairs.length;) {
    const edge = pairs[from]?.edge ?? 0;
    let to = from;
    while (to < pairs.length && (pairs[to]?.edge ?? 0) - edge <= EDGE) to += 1;
    const here = pairs.slice(from, to);
    const rows = new Set(here.map(({ base }) => Math.round(base)));
    const prose = here.filter(({ isProse }) => isProse).length;
    const isKnown = known.some((other) => Math.abs(other - edge) <= EDGE);
    const fewest = isKnown ? FEWEST_ROWS.known : FEWEST_ROWS.alone;
    if (rows.size >= fewest && prose >= PROSE.share * here.length) gutters.push(edge);
    from = to;
  }
  return gutters;
}

/** Where a gutter lies on the page: before the edge of the column that it leads to. */
export function placeOf(gutter: Points, rtl: boolean): Points {
  return rtl ? EDGE - gutter : gutter - EDGE;
}

function toPairs(parts: readonly Part[]): Pair[] {
  return parts.flatMap((part, i): Pair[] => {
    const before = parts[i - 1];
    if (before === undefined || Math.abs(before.base - part.base) > SAME_BASELINE * part.size) return [];
    if (part.from - before.to < NARROWEST * part.size) return [];
    const isProse = Math.min(before.letters, part.letters) >= PROSE.letters;
    return [{ edge: part.from, base: part.base, isProse }];
  });
}

function toParts(line: Line): Part[] {
  return sections(line, (gap) => gap >= NARROWEST * line.size).map((runs) => {
    const [from, to] = extentOf(line, runs);
    const text = line.text.slice(runs[0]?.start, runs.at(-1)?.end);
    const first = firstCharacter(text);
    const weight = isSpaceless(first) || isHangul(first) ? 2 : 1;
    return { from, to, base: line.base, size: line.size, letters: weight * text.length };
  });
}

/** Lines cut where a gap lies over one of the gutters. */
export function splitAt(lines: readonly Line[], gutters: readonly Points[]): Line[] {
  if (gutters.length === 0) return [...lines];
  return lines.flatMap((line) => {
    const parts = sections(line, (gap, from, to) => {
      const isOver = gutters.some((edge) => from < edge - EDGE && to >= edge - EDGE);
      return isOver && gap >= NARROWEST * line.size;
    });
    return parts.length === 1 ? [line] : parts.map((runs) => cutLine(line, runs));
  });
}

/** The runs of a line in text order, parted at the gaps that a rule names. */
function sections(line: Line, isCut: (gap: Points, from: Points, to: Points) => boolean): PlacedRun[][] {
  const parts: PlacedRun[][] = [];
  let reached = 0;
  for (const placed of line.runs) {
    const [from, to] = extentOf(line, [placed]);
    const last = parts.at(-1);
    if (last === undefined || isCut(from - reached, reached, from)) {
      parts.push([placed]);
      reached = to;
    } else {
      last.push(placed);
      reached = Math.max(reached, to);
    }
  }
  return parts;
}

/** Reading positions of runs: of a right-to-left line, mirrored. */
function extentOf(line: Line, runs: readonly PlacedRun[]): readonly [Points, Points] {
  let [from, to] = [Infinity, -Infinity];
  for (const { run } of runs) {
    const start = along(line, run);
    from = Math.min(from, start);
    to = Math.max(to, start + Math.max(0, bounded(run.advance)));
  }
  return line.rtl ? [-to, -from] : [from, to];
}

function cutLine(line: Line, runs: readonly PlacedRun[]): Line {
  const [start = 0, end = 0] = [runs[0]?.start, runs.at(-1)?.end];
  const [from, to] = extentOf(line, runs);
  const longest = runs.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  return {
    ...line,
    text: line.text.slice(start, end),
    runs: runs.map((placed) => ({ ...placed, start: placed.start - start, end: placed.end - start })),
    from: line.rtl ? -to : from,
    to: line.rtl ? -from : to,
    size: sizeOf(longest.run),
  };
}
