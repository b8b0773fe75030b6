import type { Points } from "../model.ts";
import { sameDirection, type Line } from "./line.ts";
import { BULLET, NUMBERED, opensCaption } from "./marks.ts";
import { follows, numberingOf } from "./numbering.ts";
import { endsSentence, firstCharacter, isSpaceless, startsLower } from "./script.ts";

/**
 * What stands between a line and the one before it.
 * `row`: the same baseline, a wide gap further on (a table row). `flow`: the same paragraph. `break`: another paragraph.
 */
export type Joint = "row" | "flow" | "break";

/** A pitch wider than the page's usual by this factor parts paragraphs. */
const LOOSE = 1.25;
/** No text is set looser than this many sizes: beyond it, lines that are always far apart are paragraphs. */
const WIDEST_PITCH = 2.4;
const USUAL_PITCH = 1.25;
const SAME_BASELINE = 0.3;
const SAME_SIZE = 1.1;
const INDENT = { min: 0.8, max: 5 };
/** How many lines before and after tell where the column ends. */
const NEIGHBOURS = 6;
/** A line that ends this far before the column's edge was ended on purpose, full stop or not. */
const SHORT_LINE = 0.3;
/** Fewer lines over each other are no column. */
const COLUMN_LINES = 3;
const OPEN_HYPHEN = /[\p{L}\p{N}][-\u00AD]$/u;

/** Rules J1 to J12 in the tests. Entry i is what stands before line i; the first is a break. */
export function toJoints(lines: readonly Line[]): Joint[] {
  const pitches = usualPitches(lines);
  let paragraph = { opening: lines[0], lines: 0 };
  return lines.map((line, i) => {
    const before = lines[i - 1];
    const joint = before === undefined ? "break" : jointOf(lines, i, before, line, pitches, paragraph);
    if (joint === "break") paragraph = { opening: line, lines: 1 };
    else if (joint === "flow") paragraph.lines += 1;
    return joint;
  });
}

/** What a line would go on. */
interface Paragraph {
  readonly opening: Line | undefined;
  lines: number;
}

function jointOf(
  lines: readonly Line[],
  i: number,
  before: Line,
  line: Line,
  pitches: ReadonlyMap<number, Points>,
  paragraph: Paragraph,
): Joint {
  if (!sameDirection(before, line)) return "break";
  const em = Math.max(before.size, line.size);
  const pitch = before.base - line.base;
  if (Math.abs(pitch) <= SAME_BASELINE * em) return start(line) > end(before) ? "row" : "break";
  if (em > SAME_SIZE * Math.min(before.size, line.size)) return "break";
  if (BULLET.test(line.text)) return "break";
  // Up, or down beside: the next column. The sentence goes on only where both ends say so.
  if (pitch < 0 || line.from > before.to || line.to < before.from) {
    return isOpen(before.text, line.text) || isFull(lines, i, before, line) ? "flow" : "break";
  }
  if (pitch > LOOSE * (pitches.get(sizeKey(line)) ?? USUAL_PITCH * em)) return "break";

  if (endsSentence(before.text) && NUMBERED.test(line.text)) return "break";
  if (isNext(paragraph.opening, line)) return "break";
  // "from U.S. / tax": a full stop before a small letter ends no sentence.
  const ended = endsSentence(before.text) && !startsLower(line.text);
  const indent = start(line) - start(before);
  if (ended && indent > INDENT.min * em && indent < INDENT.max * em) return "break";
  // Back to the left after an indented line: only a paragraph's own first line is followed so.
  if (ended && -indent > INDENT.min * em && paragraph.lines > 1) return "break";
  return endedOnPurpose(lines, i, before, line, ended) ? "break" : "flow";
}

/** Whether the sentence of one column goes on in the next. */
function isOpen(before: string, after: string): boolean {
  return !endsSentence(before) && (startsLower(after) || OPEN_HYPHEN.test(before));
}

/** Whether both lines fill their columns, so that the one before was ended by its column and not on purpose. */
function isFull(lines: readonly Line[], i: number, before: Line, line: Line): boolean {
  if (endsSentence(before.text) || sizeKey(before) !== sizeKey(line) || !sharesFont(before, line)) return false;
  if (BULLET.test(line.text) || NUMBERED.test(line.text) || opensCaption(line) !== "no") return false;
  const above = columnOf(lines.slice(Math.max(0, i - NEIGHBOURS), i), before);
  const below = columnOf(lines.slice(i, i + NEIGHBOURS), line);
  if (above.length < COLUMN_LINES || below.length < COLUMN_LINES) return false;
  const isLong = end(before) > Math.max(...above.map(end)) - line.size;
  return isLong && start(line) < Math.min(...below.map(start)) + INDENT.min * line.size;
}

/** The lines of one size that stand over or under each other. */
function columnOf(lines: readonly Line[], one: Line): Line[] {
  return lines.filter((line) => sameDirection(line, one) && sizeKey(line) === sizeKey(one) && overlaps(line, one));
}

/** Whether the line carries the number after that of the paragraph's first line, at the same indent. */
function isNext(opening: Line | undefined, line: Line): boolean {
  if (opening === undefined || Math.abs(start(opening) - start(line)) > line.size) return false;
  const number = numberingOf(line.text);
  const before = number === null ? null : numberingOf(opening.text);
  return number !== null && before !== null && follows(before, number);
}

/** The first word of this line would have fitted at the end of the line before. */
function endedOnPurpose(lines: readonly Line[], i: number, before: Line, line: Line, ended: boolean): boolean {
  const edges = lines
    .slice(Math.max(0, i - NEIGHBOURS), i + NEIGHBOURS)
    .filter((other) => sameDirection(other, line) && sizeKey(other) === sizeKey(line) && overlaps(other, before));
  const ends = edges.map(end).toSorted((a, b) => b - a);
  const changesFont = fontOf(before) !== fontOf(line) && !sharesFont(before, line);
  // One long line may stick out; two that end together are an edge. A heading is measured against any.
  const edge = ends[changesFont ? 0 : 1] ?? end(before);
  const left = edge - end(before);
  const word = firstWordWidth(line);
  if (ended || changesFont) return left > word + line.size;
  return left > Math.max(word + 2 * line.size, SHORT_LINE * (edge - start(before)));
}

function firstWordWidth(line: Line): Points {
  const first = firstCharacter(line.text);
  if (isSpaceless(first)) return line.size;
  const space = line.text.indexOf(" ");
  const letters = space === -1 ? line.text.length : space;
  return ((line.to - line.from) * letters) / line.text.length;
}

function fontOf(line: Line): string | undefined {
  return line.runs[0]?.run.font;
}

function sharesFont(a: Line, b: Line): boolean {
  return a.runs.some(({ run }) => b.runs.some((other) => other.run.font === run.font));
}

function overlaps(a: Line, b: Line): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Reading positions: grow in the direction of reading, also in right-to-left text. */
function start(line: Line): Points {
  return line.rtl ? -line.to : line.from;
}

function end(line: Line): Points {
  return line.rtl ? -line.from : line.to;
}

function sizeKey(line: Line): number {
  return Math.round(line.size * 2);
}

/** The median distance of consecutive lines, per size of text. */
function usualPitches(lines: readonly Line[]): ReadonlyMap<number, Points> {
  const seen = new Map<number, Points[]>();
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before === undefined || sizeKey(before) !== sizeKey(line)) continue;
    const pitch = before.base - line.base;
    if (pitch <= SAME_BASELINE * line.size || !sameDirection(before, line) || !overlaps(before, line)) continue;
    const list = seen.get(sizeKey(line)) ?? [];
    list.push(Math.min(pitch, WIDEST_PITCH * line.size));
    seen.set(sizeKey(line), list);
  }
  return new Map(
    Array.from(seen, ([key, list]) => [key, list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0] as const),
  );
}
