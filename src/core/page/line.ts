import type { CharOffset, Points } from "../model.ts";
import { accented } from "./accent.ts";
import { fold } from "./fold.ts";
import { firstCharacter, isSpaceless, lastCharacter } from "./script.ts";
import type { SourceRun } from "./source.ts";

/** A run in the text of its line: `text.slice(start, end)` is the run's folded text. */
export interface PlacedRun {
  readonly run: SourceRun;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** Runs on one baseline without a wide gap. Positions are along and across the reading direction. */
export interface Line {
  text: string;
  readonly runs: PlacedRun[];
  readonly dirX: number;
  readonly dirY: number;
  readonly rtl: boolean;
  /** Extent along the direction, left to right even in right-to-left text. */
  from: Points;
  to: Points;
  /** Height of the baseline; the next line is lower. */
  base: Points;
  /** Of the longest run: the rest are superscripts, bullets and the like. */
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
/** A gap that the engine did not report as a space but that reads as one. */
const SPACE_GAP = 0.25;
/** An accent drawn apart overlaps its letter by more than this; an apostrophe never does. */
const ACCENT_OVERLAP = 0.1;
/** Spaces narrower than this between two ideographs are justification; a wider one parts a number from its title. */
const SPACELESS_GAP = 0.4;
const SAME_DIRECTION = Math.cos((3 * Math.PI) / 180);

/** Runs in drawing order → lines in drawing order; runs of another direction than most of the page (a stamp in the margin) last. */
export function toLines(runs: readonly SourceRun[]): Line[] {
  const lines: Line[] = [];
  let line: Line | undefined;
  let space = false;
  for (const run of runs) {
    const folded = fold(run.text);
    const text = folded.trim();
    space ||= folded.startsWith(" ");
    if (text === "") continue;
    const gap = line === undefined ? null : gapAfter(line, run);
    if (line === undefined || gap === null) {
      line = newLine(run, text);
      lines.push(line);
    } else {
      append(line, run, text, space, gap);
    }
    space = folded.endsWith(" ");
  }
  return mainDirectionFirst(lines);
}

/** Whether two baselines run the same way. */
export function sameDirection(a: { dirX: number; dirY: number }, b: { dirX: number; dirY: number }): boolean {
  return a.dirX * b.dirX + a.dirY * b.dirY > SAME_DIRECTION;
}

/** White space between the line and a run that continues it, in points; null where the run starts another line. */
function gapAfter(line: Line, run: SourceRun): Points | null {
  if (!sameDirection(line, run)) return null;
  const em = Math.max(line.size, run.size);
  const shift = Math.abs(across(line, run) - line.base);
  const from = along(line, run);
  const to = from + run.advance;
  // In mixed text a Latin word is drawn left of an Arabic one that precedes it: either side will do.
  const bothWays = line.rtl || run.rtl;
  const gap = bothWays ? Math.max(from - line.to, line.from - to) : from - line.to;
  if (gap > WIDE_GAP * em || gap < -STEP_BACK * em) return null;
  if (shift <= SAME_BASELINE * em) return gap;
  const ratio = Math.min(line.size, run.size) / em;
  const isScript = ratio >= SCRIPT_SIZE.min && ratio <= SCRIPT_SIZE.max && shift <= SCRIPT_SHIFT * em && gap < em;
  return isScript ? gap : null;
}

function newLine(run: SourceRun, text: string): Line {
  const line = { dirX: run.dirX, dirY: run.dirY };
  const from = along(line, run);
  return {
    ...line,
    text,
    runs: [{ run, start: 0, end: text.length }],
    rtl: run.rtl,
    from,
    to: from + run.advance,
    base: across(line, run),
    size: run.size,
    longest: text.length,
  };
}

function append(line: Line, run: SourceRun, folded: string, space: boolean, gap: Points): void {
  // A soft hyphen with text after it in its line divides nothing.
  if (line.text.endsWith("\u00AD")) replaceLast(line, "");
  const em = Math.min(line.size, run.size);
  const text = gap < -ACCENT_OVERLAP * em ? joinAccent(line, folded) : folded;
  if (text === "") return;
  const spaceless =
    gap < SPACELESS_GAP * em && isSpaceless(lastCharacter(line.text)) && isSpaceless(firstCharacter(text));
  if (!spaceless && (space || gap > SPACE_GAP * em) && !line.text.endsWith(" ")) line.text += " ";
  const start = line.text.length;
  line.text += text;
  line.runs.push({ run, start, end: line.text.length });
  const from = along(line, run);
  line.from = Math.min(line.from, from);
  line.to = Math.max(line.to, from + run.advance);
  if (text.length > line.longest || (text.length === line.longest && run.size > line.size)) {
    line.longest = text.length;
    line.size = run.size;
    line.base = across(line, run);
  }
}

/** Joins an accent at the seam of two overlapping runs to its letter; returns what is left of the second run. */
function joinAccent(line: Line, text: string): string {
  const before = lastCharacter(line.text);
  const after = firstCharacter(text);
  const right = accented(after, before);
  if (right !== null) {
    replaceLast(line, "");
    return right + text.slice(1);
  }
  const left = accented(before, after);
  if (left === null) return text;
  replaceLast(line, left);
  return text.slice(1).trimStart();
}

/** Puts another character, or none, for the last one, which is one code unit. */
function replaceLast(line: Line, character: string): void {
  const last = line.runs.pop();
  line.text = line.text.slice(0, -1) + character;
  if (last !== undefined && line.text.length > last.start) line.runs.push({ ...last, end: line.text.length });
}

function along(line: { dirX: number; dirY: number }, run: SourceRun): Points {
  return run.x * line.dirX + run.y * line.dirY;
}

function across(line: { dirX: number; dirY: number }, run: SourceRun): Points {
  return run.y * line.dirX - run.x * line.dirY;
}

function mainDirectionFirst(lines: Line[]): Line[] {
  const first = lines[0];
  if (first === undefined || lines.every((line) => sameDirection(line, first))) return lines;
  let main = first;
  let most = 0;
  // Few directions per page: each is counted once from its first line.
  const counted: Line[] = [];
  for (const line of lines) {
    if (counted.some((other) => sameDirection(other, line))) continue;
    counted.push(line);
    const letters = lines.reduce((sum, other) => sum + (sameDirection(other, line) ? other.text.length : 0), 0);
    if (letters > most) [most, main] = [letters, line];
  }
  return [...lines.filter((line) => sameDirection(line, main)), ...lines.filter((line) => !sameDirection(line, main))];
}
