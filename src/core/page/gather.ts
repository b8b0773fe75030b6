import type { Points } from "../model.ts";
import { hasRightToLeft } from "./bidi.ts";
import type { Atom } from "./compose.ts";
import { across, along, bounded, sameDirection, sizeOf, type Direction } from "./direction.ts";
import { foldRun } from "./fold.ts";
import type { SourceRun } from "./source.ts";
import { stackedGlyphs } from "./stack.ts";

/** Runs that were drawn one after the other on one baseline without a wide gap. */
export interface Gathered extends Direction {
  readonly atoms: Atom[];
  /** Whether any of them holds right-to-left letters. */
  right: boolean;
  from: Points;
  to: Points;
  base: Points;
  /** Of the longest run. */
  size: Points;
  longest: number;
}

/** Baselines within this share of the size are the same line. */
const SAME_BASELINE = 0.3;
/** Superscripts and subscripts leave the baseline further, but are smaller and stand close. */
const SCRIPT_SHIFT = 0.45;
const SCRIPT_SIZE = { min: 0.45, max: 0.9 };
/** A wider gap parts columns and table cells. */
const WIDE_GAP = 2.2;
/** Kerning and overstruck accents go back by less than this. */
const STEP_BACK = 1;

const DOWN: Direction = { dirX: 0, dirY: -1 };
/** Ideographs reach this far above their baseline, in sizes; their middle is half a size lower. */
const TOP = 0.88;
const MIDDLE = 0.38;

interface Place {
  readonly from: Points;
  readonly to: Points;
  readonly base: Points;
}

/** Runs in drawing order → lines in drawing order. White space stays with the line before it. */
export function gather(runs: readonly SourceRun[]): Gathered[] {
  const stacked = stackedGlyphs(runs);
  const lines: Gathered[] = [];
  let line: Gathered | undefined;
  for (const run of runs) {
    const folded = foldRun(run.text);
    if (folded.text === "") {
      if (line !== undefined && folded.spaceBefore) {
        line.atoms.push({ run, right: false, ...folded, ...placeOn(line, run, stacked) });
      }
      continue;
    }
    const right = hasRightToLeft(folded.text);
    const size = sizeOf(run);
    const direction = stacked.has(run) ? DOWN : run;
    let place = placeOn(line ?? direction, run, stacked);
    if (line === undefined || !sameDirection(line, direction) || !continues(line, place, size, right)) {
      place = placeOn(direction, run, stacked);
      line = newLine(direction, place, size);
      lines.push(line);
    }
    const { from, to, base } = place;
    line.atoms.push({ run, right, ...folded, from, to });
    line.right ||= right;
    line.from = Math.min(line.from, from);
    line.to = Math.max(line.to, to);
    const length = folded.text.length;
    if (length > line.longest || (length === line.longest && size > line.size)) {
      line.longest = length;
      line.size = size;
      line.base = base;
    }
  }
  return lines;
}

function newLine({ dirX, dirY }: Direction, { from, to, base }: Place, size: Points): Gathered {
  return { dirX, dirY, atoms: [], right: false, from, to, base, size, longest: 0 };
}

function placeOn(line: Direction, run: SourceRun, stacked: ReadonlySet<SourceRun>): Place {
  const from = along(line, run);
  const base = across(line, run);
  const advance = Math.max(0, bounded(run.advance));
  if (!stacked.has(run)) {
    // Latin words lie on their side in a column of glyphs: their baseline is left of its middle.
    const isSide = stacked.size > 0 && line.dirY < -0.9 && run.ascent !== -run.descent;
    return { from, to: from + advance, base: isSide ? base + MIDDLE * sizeOf(run) : base };
  }
  const size = sizeOf(run);
  return { from: from - TOP * size, to: from - TOP * size + size, base: base + advance / 2 };
}

function continues(line: Gathered, { from, to, base }: Place, size: Points, right: boolean): boolean {
  const em = Math.max(line.size, size);
  const shift = Math.abs(base - line.base);
  // In mixed text a Latin word is drawn left of an Arabic one that precedes it: either side will do.
  const gap = line.right || right ? Math.max(from - line.to, line.from - to) : from - line.to;
  if (gap > WIDE_GAP * em || gap < -STEP_BACK * em) return false;
  if (shift <= SAME_BASELINE * em) return true;
  const ratio = Math.min(line.size, size) / em;
  return ratio >= SCRIPT_SIZE.min && ratio <= SCRIPT_SIZE.max && shift <= SCRIPT_SHIFT * em && gap < em;
}
