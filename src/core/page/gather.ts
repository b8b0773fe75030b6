import type { Points } from "../model.ts";
import { hasRightToLeft } from "./bidi.ts";
import type { Atom } from "./compose.ts";
import { across, along, bounded, sameDirection, type Direction } from "./direction.ts";
import { foldRun } from "./fold.ts";
import type { SourceRun } from "./source.ts";

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

/** Runs in drawing order → lines in drawing order. White space stays with the line before it. */
export function gather(runs: readonly SourceRun[]): Gathered[] {
  const lines: Gathered[] = [];
  let line: Gathered | undefined;
  for (const run of runs) {
    const folded = foldRun(run.text);
    if (folded.text === "") {
      if (line !== undefined && folded.spaceBefore)
        line.atoms.push({ run, right: false, ...folded, ...extent(line, run) });
      continue;
    }
    const right = hasRightToLeft(folded.text);
    if (line === undefined || !continues(line, run, right)) {
      line = newLine(run);
      lines.push(line);
    }
    const { from, to } = extent(line, run);
    line.atoms.push({ run, right, ...folded, from, to });
    line.right ||= right;
    line.from = Math.min(line.from, from);
    line.to = Math.max(line.to, to);
    const length = folded.text.length;
    if (length > line.longest || (length === line.longest && run.size > line.size)) {
      line.longest = length;
      line.size = run.size;
      line.base = across(line, run);
    }
  }
  return lines;
}

function newLine(run: SourceRun): Gathered {
  const line = { dirX: run.dirX, dirY: run.dirY };
  const { from, to } = extent(line, run);
  return { ...line, atoms: [], right: false, from, to, base: across(line, run), size: run.size, longest: 0 };
}

function extent(line: Direction, run: SourceRun): { readonly from: Points; readonly to: Points } {
  const from = along(line, run);
  return { from, to: from + Math.max(0, bounded(run.advance)) };
}

function continues(line: Gathered, run: SourceRun, right: boolean): boolean {
  if (!sameDirection(line, run)) return false;
  const em = Math.max(line.size, run.size);
  const shift = Math.abs(across(line, run) - line.base);
  const { from, to } = extent(line, run);
  // In mixed text a Latin word is drawn left of an Arabic one that precedes it: either side will do.
  const gap = line.right || right ? Math.max(from - line.to, line.from - to) : from - line.to;
  if (gap > WIDE_GAP * em || gap < -STEP_BACK * em) return false;
  if (shift <= SAME_BASELINE * em) return true;
  const ratio = Math.min(line.size, run.size) / em;
  return ratio >= SCRIPT_SIZE.min && ratio <= SCRIPT_SIZE.max && shift <= SCRIPT_SHIFT * em && gap < em;
}
