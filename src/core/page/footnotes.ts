import type { Points } from "../model.ts";
import { sameDirection, type Line } from "./line.ts";
import { opensFootnote } from "./marks.ts";
import { endsSentence, startsLower } from "./script.ts";

/** Footnotes are set smaller than the body by this at least. */
const SMALLER = 0.93;
/** A column that is mostly small is a bibliography or a table. */
const MOST_OF_COLUMN = 0.6;
/** What stands above a note that has only a number: so many of its own sizes of space. */
const GAP = 1.5;
/** Space that parts a notice without a mark (permissions, addresses) from the column above. */
const WIDE_GAP = 2;

/**
 * Rules N1 to N5 in the tests: the footnotes among the lines of a page in reading order, each a list of its lines. They
 * stand at the foot of a column, smaller than the body.
 */
export function footnotesOf(lines: readonly Line[], bodySize: Points): Line[][] {
  const bases = lines.map(({ base }) => base).toSorted((a, b) => a - b);
  const middle = ((bases[0] ?? 0) + (bases.at(-1) ?? 0)) / 2;
  const columns = toColumns(lines);
  return columns.flatMap((column, i) => {
    const small = smallEnd(column, bodySize);
    if (small === 0 || small === column.length) return [];
    const from = noteStart(column, small, columns[i + 1]?.[0]);
    if (from === null || column.length - from > MOST_OF_COLUMN * column.length) return [];
    if ((column[from]?.base ?? middle) >= middle) return [];
    return toNotes(column.slice(from));
  });
}

/** Parts where the text goes up, to the head of the next column. */
function toColumns(lines: readonly Line[]): Line[][] {
  const columns: Line[][] = [];
  for (const line of lines) {
    const before = columns.at(-1)?.at(-1);
    const goesOn = before !== undefined && sameDirection(before, line) && line.base <= before.base + before.size;
    if (goesOn) columns.at(-1)?.push(line);
    else columns.push([line]);
  }
  return columns;
}

/** Where the small lines at the end of the column begin. */
function smallEnd(column: readonly Line[], bodySize: Points): number {
  let from = column.length;
  while (from > 0 && column[from - 1]!.size < SMALLER * bodySize) from -= 1;
  return from;
}

function noteStart(column: readonly Line[], small: number, next: Line | undefined): number | null {
  for (let i = small; i < column.length; i += 1) {
    const line = column[i]!;
    const gap = column[i - 1]!.base - line.base;
    const mark = opensFootnote(line);
    if (mark === "sure" || (mark === "maybe" && i === small && gap > GAP * line.size)) return i;
  }
  // A notice without a mark is known by the sentence that it interrupts.
  const [before, first] = [column[small - 1], column[small]];
  if (before === undefined || first === undefined || next === undefined) return null;
  const interrupts = !endsSentence(before.text) && startsLower(next.text);
  return interrupts && before.base - first.base > WIDE_GAP * first.size ? small : null;
}

function toNotes(lines: readonly Line[]): Line[][] {
  const notes: Line[][] = [];
  for (const line of lines) {
    if (notes.length === 0 || opensFootnote(line) === "sure") notes.push([line]);
    else notes.at(-1)?.push(line);
  }
  return notes;
}
