import { BLOCK, PAGE_SEPARATOR, type BlockKind, type CharOffset, type Page } from "../model.ts";
import { isSpace } from "./characters.ts";
import { goesOn, goesOnTo } from "./sentence-ends.ts";
import { splitSentences, type Sentence } from "./sentences.ts";
import type { EndQuality } from "./units.ts";

/** A sentence of the flow, or a whole block of another kind. */
export interface Piece {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly endQuality: EndQuality;
  /** Heading level, else 0. */
  readonly opens: number;
  /** Not made of sentences of the flow: cut only where it is longer than a chunk. */
  readonly isWhole: boolean;
}

/** A block in the document's text. */
interface Block {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly kind: BlockKind;
  readonly level: number;
  readonly beginsPage: boolean;
}

function isFlow({ kind }: Block): boolean {
  return kind === BLOCK.paragraph || kind === BLOCK.listItem;
}

/** The blocks of all bodies; text in front of a page's first block is a paragraph. */
function blocksOf(pages: readonly Page[]): Block[] {
  const blocks: Block[] = [];
  let pageStart = 0;
  for (const { bodyEnd, blocks: rows } of pages) {
    const first = Math.min(rows.starts[0] ?? bodyEnd, bodyEnd);
    const add = (from: CharOffset, to: CharOffset, kind: BlockKind, level: number): void => {
      if (from < to) blocks.push({ start: pageStart + from, end: pageStart + to, kind, level, beginsPage: from === 0 });
    };
    add(0, first, BLOCK.paragraph, 0);
    for (const [i, start] of rows.starts.entries()) {
      const kind = (rows.kinds[i] ?? BLOCK.paragraph) as BlockKind;
      add(start, Math.min(rows.starts[i + 1] ?? bodyEnd, bodyEnd), kind, rows.levels[i] ?? 0);
    }
    pageStart += bodyEnd + PAGE_SEPARATOR.length;
  }
  return blocks;
}

/**
 * The text in pieces, in order: together they hold every character that is not white space.
 * @param overPages whether a sentence of the flow may run on over a page break
 */
export function piecesOf(text: string, pages: readonly Page[], overPages: boolean): Piece[] {
  const blocks = blocksOf(pages);
  const joins = new Set<CharOffset>();
  if (overPages)
    for (const [i, block] of blocks.entries()) {
      const next = blocks[i + 1];
      if (next === undefined || !next.beginsPage || !isFlow(block) || next.kind !== BLOCK.paragraph) continue;
      // Empty pages may stand between: every separator of them is a break.
      for (let at = block.end; at < next.start; at++) joins.add(at);
    }
  const open = openBlocks(text, blocks);
  const pieces: Piece[] = [];
  let b = 0;
  let pieceBlock = -1;
  const add = ({ start, end, endsParagraph }: Sentence): void => {
    while (b < blocks.length - 1 && blocks[b]!.end <= start) b++;
    const block = blocks[b]!;
    const last = pieces.at(-1);
    const isWhole = !isFlow(block);
    let ended = b;
    while (ended < blocks.length - 1 && blocks[ended]!.end < end) ended++;
    const closes = endsParagraph && isBlank(text, end, blocks[ended]!.end);
    const endQuality = closes ? qualityAt(text, blocks, ended, end, open) : endsParagraph ? "paragraph" : "sentence";
    if (isWhole && pieceBlock === b && last !== undefined) pieces[pieces.length - 1] = { ...last, end, endQuality };
    else pieces.push({ start, end, endQuality, isWhole, opens: block.kind === BLOCK.heading ? block.level || 1 : 0 });
    pieceBlock = b;
  };
  let next = 0;
  for (const sentence of splitSentences(text, joins)) {
    // Blocks part at line feeds, and so do sentences; where a file says otherwise, the block's border counts.
    let { start } = sentence;
    while (next < blocks.length && blocks[next]!.start <= start) next++;
    for (; next < blocks.length && blocks[next]!.start < sentence.end; next++) {
      const border = blocks[next]!;
      if (border.beginsPage && joins.has(border.start - 1)) continue;
      for (const part of trimmed(text, start, border.start)) add({ ...part, endsParagraph: true });
      start = border.start;
    }
    for (const part of trimmed(text, start, sentence.end)) add({ ...part, endsParagraph: sentence.endsParagraph });
  }
  return pieces;
}

/** How good a place to cut the end of block `at` is, by what it is and what comes next. */
function qualityAt(
  text: string,
  blocks: readonly Block[],
  at: number,
  end: CharOffset,
  open: ReadonlySet<number>,
): EndQuality {
  const { kind } = blocks[at]!;
  if (kind === BLOCK.heading) return "heading";
  if (open.has(at)) return "inside";
  const next = blocks[at + 1]?.kind;
  if (next === undefined) return "paragraph";
  const isTable = (one: BlockKind): boolean => one === BLOCK.tableRow || one === BLOCK.caption;
  if (isTable(kind) && isTable(next)) return "sentence";
  if (next === BLOCK.listItem && (kind === BLOCK.listItem || text.charAt(end - 1) === ":")) return "sentence";
  return "paragraph";
}

/**
 * The blocks behind which a sentence is unfinished: the flow before the footnotes of a page, or before the table at the
 * head of the next, and what stands between.
 */
function openBlocks(text: string, blocks: readonly Block[]): Set<number> {
  const open = new Set<number>();
  let flow = -1;
  let page = 0;
  for (const [i, block] of blocks.entries()) {
    if (block.beginsPage) page = i;
    if (!isFlow(block)) {
      const interrupts = block.kind === BLOCK.tableRow && flow < page;
      if (block.kind === BLOCK.heading || (block.kind === BLOCK.tableRow && !interrupts)) flow = -1;
      continue;
    }
    const before = blocks[flow];
    const interrupted = before !== undefined && flow < i - 1;
    const goes = interrupted && (flow < page ? goesOnTo : goesOn)(text, before.end, block.start);
    if (goes && block.kind === BLOCK.paragraph) {
      for (let between = flow; between < i; between++) open.add(between);
    }
    flow = i;
  }
  return open;
}

function isBlank(text: string, start: CharOffset, end: CharOffset): boolean {
  for (let at = start; at < end; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function* trimmed(text: string, start: CharOffset, end: CharOffset): Generator<{ start: CharOffset; end: CharOffset }> {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  if (from < to) yield { start: from, end: to };
}
