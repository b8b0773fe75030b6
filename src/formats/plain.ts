import { fold } from "#core/page/fold.ts";
import { firstCharacter, isSpaceless, lastCharacter } from "#core/page/script.ts";
import { block, type Block } from "./block.ts";

/** Widths at which people and programs wrap lines by hand. */
const WRAPPED = { least: 50, most: 100 };
/** Hand-wrapped lines are ragged: a line that fills this much of the width, with the word that follows, was wrapped. */
const FILLED = 0.9;
/** Two blanks or more inside a line mark columns: 4 of Markdown's code, the tabs of listings. */
const INDENTED = /^(?: {4}|\t)/;
const ITEM = /^\s{0,3}(?:[-*+•–]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+\S/;
const UNDERLINE = /^(?:={3,}|-{3,})\s*$/;

/**
 * Plain text → blocks: paragraphs part at blank lines, lines wrapped by hand are joined, code and lists keep theirs.
 * @param isRecord each line is a record (a log, a table) and stays alone
 */
export function plainBlocks(text: string, isRecord = false): Block[] {
  // A form feed begins a new page: no paragraph goes on behind it.
  const lines = text
    .replaceAll("\f", "\n\n")
    .split(/\r\n?|\n/)
    .map(tidy);
  if (isRecord) return lines.filter((line) => line !== "").map((line) => block("paragraph", line));
  const width = wrapWidth(lines);
  const blocks: Block[] = [];
  let group: string[] = [];
  const close = (): void => {
    if (group.length > 0) blocks.push(...groupBlocks(group, width));
    group = [];
  };
  for (const line of lines) {
    if (line === "") close();
    else group.push(line);
  }
  close();
  return blocks;
}

/** Indents and columns stay. */
function tidy(line: string): string {
  return line.trimEnd().replace(/\S+/g, fold);
}

/**
 * The column at which the text was wrapped, or null: most lines that go on must then end near one width. A line of a
 * log or of a soft-wrapped text may end anywhere, so only lines followed by another are looked at.
 */
function wrapWidth(lines: readonly string[]): number | null {
  const lengths = lines.filter((line, i) => line !== "" && (lines[i + 1] ?? "") !== "").map((line) => line.length);
  if (lengths.length === 0) return null;
  const sorted = lengths.toSorted((a, b) => a - b);
  // One line in fifty may be longer: an address, a table.
  const width = sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0;
  return width >= WRAPPED.least && width <= WRAPPED.most ? width : null;
}

/** Lines without a blank one between them. */
function groupBlocks(lines: readonly string[], width: number | null): Block[] {
  const heading = lines[0]?.trim() ?? "";
  if (lines.length > 1 && UNDERLINE.test(lines[1] ?? "") && !UNDERLINE.test(heading)) {
    const level = lines[1]?.startsWith("=") === true ? 1 : 2;
    const rest = lines.slice(2);
    return [block("heading", heading, level), ...(rest.length > 0 ? groupBlocks(rest, width) : [])];
  }
  if (lines.every((line) => INDENTED.test(line)) && !isIndentedProse(lines, width)) {
    return [block("paragraph", lines.join("\n"))];
  }
  const pieces: { item: boolean; lines: string[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const last = pieces.at(-1);
    const item = ITEM.test(line);
    if (last !== undefined && !item && goesOn(lines[i - 1] ?? "", line, last.item, width)) last.lines.push(line.trim());
    else pieces.push({ item, lines: [line.trim()] });
  }
  return pieces.map((piece) => block(piece.item ? "listItem" : "paragraph", joined(piece.lines)));
}

/** Old documents indent whole paragraphs (RFCs by 3, reports by 5): prose when its lines are full and free of columns. */
function isIndentedProse(lines: readonly string[], width: number | null): boolean {
  if (width === null || lines.length < 2) return false;
  const full = lines.slice(0, -1).every((line, i) => isFull(line, lines[i + 1] ?? "", width));
  return full && lines.every((line) => !/\S\s{2,}\S/.test(line));
}

function goesOn(before: string, line: string, inItem: boolean, width: number | null): boolean {
  // The lines of an item hang under its words.
  if (inItem && /^\s{2,}\S/.test(line)) return true;
  if (width === null || INDENTED.test(line) !== INDENTED.test(before)) return false;
  return isFull(before, line, width);
}

/** Whether the next word would not have fitted any more. */
function isFull(line: string, next: string, width: number): boolean {
  const word = /\S+/.exec(next)?.[0].length ?? 0;
  return line.length + 1 + word > FILLED * width;
}

function joined(lines: readonly string[]): string {
  return lines.map((line, i) => line + seam(line, lines[i + 1])).join("");
}

function seam(line: string, next: string | undefined): "" | " " {
  if (next === undefined) return "";
  return isSpaceless(lastCharacter(line)) && isSpaceless(firstCharacter(next)) ? "" : " ";
}
