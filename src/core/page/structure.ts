import { BLOCK, type BlockKind } from "../model.ts";
import type { BodyStyle } from "./body-style.ts";
import { footnotesOf } from "./footnotes.ts";
import { namedHeadings, type NamedHeading } from "./heading-lines.ts";
import type { Block } from "./headings.ts";
import { toJoints, type Joint } from "./joint.ts";
import { sameDirection, type Line } from "./line.ts";
import { opensCaption, opensItem } from "./marks.ts";
import { numberingOf } from "./numbering.ts";
import type { LineRole } from "./roles.ts";
import { firstCharacter, isSpaceless, lastCharacter } from "./script.ts";
import type { OutlineEntry } from "./source.ts";
import { tableLines } from "./tables.ts";

/** The lines of a page in the order of its text, parted into blocks. */
export interface PageStructure {
  readonly lines: readonly Line[];
  readonly joints: readonly Joint[];
  readonly blocks: readonly StructureBlock[];
}

interface StructureBlock extends Block {
  readonly from: number;
  /** Unless it turns out to be a heading. */
  readonly kind: BlockKind;
}

const CAPTION_LINES = 3;
/** Lines of one heading are set as close as this many sizes; two headings stand further apart. */
const HEADING_PITCH = 1.35;

/**
 * Body lines in reading order and furniture → the blocks of a page. Footnotes go behind the text, so that a sentence
 * reaches the next column unbroken; lines of another direction behind them; furniture last.
 */
export function structureOf(
  page: number,
  body: readonly Line[],
  furniture: readonly Line[],
  entries: readonly OutlineEntry[],
  style: BodyStyle,
): PageStructure {
  const first = body[0];
  const flow = body.filter((line) => first !== undefined && sameDirection(line, first));
  const asides = body.filter((line) => first !== undefined && !sameDirection(line, first));
  const notes = footnotesOf(flow, style.size);
  const isNote = new Set(notes.flat());
  const text = flow.filter((line) => !isNote.has(line));
  const named = namedHeadings(text, entries);

  const joints = partHeadings(text, partCaptions(text, toJoints(text)), named);
  const tables = tableLines(text, joints);
  const parted = partRows(joints, tables);
  const lines = [...text, ...notes.flat(), ...asides, ...furniture];
  const behind = [...notes.flatMap(noteJoints), ...toJoints(asides), ...toJoints(furniture)];
  const kinds = new Map<Line, BlockKind>();
  for (const line of isNote) kinds.set(line, BLOCK.footnote);
  for (const line of asides) kinds.set(line, BLOCK.aside);
  for (const line of furniture) kinds.set(line, BLOCK.furniture);
  const all = [...parted, ...behind];
  return { lines, joints: all, blocks: toBlocks(page, lines, all, { kinds, tables, named, style }) };
}

/** One role for each line of the structure. */
export function rolesOf({ lines, blocks }: PageStructure, levels: ReadonlyMap<Block, number>): LineRole[] {
  const roles: LineRole[] = [];
  for (const block of blocks) {
    const level = levels.get(block);
    const role = level === undefined ? { kind: block.kind, level: 0 } : { kind: BLOCK.heading, level };
    for (let i = 0; i < block.lines.length; i += 1) roles.push(role);
  }
  return roles.slice(0, lines.length);
}

/** Joints, with the lines of one heading joined that were parted because nothing like it was near to compare with. */
export function jointsOf({ lines, joints, blocks }: PageStructure, levels: ReadonlyMap<Block, number>): Joint[] {
  const joined = [...joints];
  for (const [i, block] of blocks.entries()) {
    const before = blocks[i - 1];
    const level = levels.get(block);
    if (before === undefined || level === undefined || levels.get(before) !== level) continue;
    if (block.named !== null || before.named !== null || numberingOf(block.text) !== null) continue;
    const [last, first] = [lines[block.from - 1]!, lines[block.from]!];
    const pitch = last.base - first.base;
    const near = pitch > 0.3 * first.size && pitch < HEADING_PITCH * first.size;
    const together = last.from < first.to && first.from < last.to && sameDirection(last, first);
    if (near && together && Math.abs(last.size - first.size) < 0.5) joined[block.from] = "flow";
  }
  return joined;
}

function partHeadings(
  lines: readonly Line[],
  joints: readonly Joint[],
  named: ReadonlyMap<Line, NamedHeading>,
): Joint[] {
  return joints.map((joint, i) => {
    const before = named.get(lines[i - 1]!);
    const here = named.get(lines[i]!);
    if (here === undefined) return before === undefined ? joint : "break";
    if (here.opens || before === undefined) return "break";
    return joint === "row" ? "row" : "flow";
  });
}

function partCaptions(lines: readonly Line[], joints: readonly Joint[]): Joint[] {
  return joints.map((joint, i) => (joint === "flow" && opensCaption(lines[i]!) === "certain" ? "break" : joint));
}

/** Each row of a table is a block; a line that continues a cell stays with it. */
function partRows(joints: readonly Joint[], tables: ReadonlySet<number>): Joint[] {
  return joints.map((joint, i) => {
    if (joint !== "flow" || !tables.has(i)) return joint;
    return joints[i + 1] === "row" || joints[i - 1] === "row" || !tables.has(i - 1) ? "break" : joint;
  });
}

function noteJoints(note: readonly Line[]): Joint[] {
  return note.map((_, i) => (i === 0 ? "break" : "flow"));
}

interface Known {
  readonly kinds: ReadonlyMap<Line, BlockKind>;
  readonly tables: ReadonlySet<number>;
  readonly named: ReadonlyMap<Line, NamedHeading>;
  readonly style: BodyStyle;
}

function toBlocks(page: number, lines: readonly Line[], joints: readonly Joint[], known: Known): StructureBlock[] {
  const blocks: StructureBlock[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    while (to < lines.length && joints[to] !== "break") to += 1;
    const part = lines.slice(from, to);
    const kind = kindOf(part, joints.slice(from, to), from, known);
    const isRow = joints.slice(from + 1, to).includes("row");
    const text = textOf(part);
    const numberApart = isRow && to - from === 2 && numberingOf(text) !== null;
    const plain =
      (kind === BLOCK.paragraph && (!isRow || numberApart)) || (kind === BLOCK.listItem && numberingOf(text) !== null);
    blocks.push({ page, from, lines: part, text, kind, plain, named: known.named.get(part[0]!) ?? null });
    from = to;
  }
  return blocks;
}

function kindOf(part: readonly Line[], joints: readonly Joint[], from: number, known: Known): BlockKind {
  const first = part[0]!;
  const given = known.kinds.get(first);
  const caption = opensCaption(first);
  const isCaption =
    caption === "certain" ||
    (caption === "likely" && (part.length <= CAPTION_LINES || first.size < known.style.size || hasLabelFont(first)));
  if (given === BLOCK.furniture || given === BLOCK.aside) return given;
  if (isCaption) return BLOCK.caption;
  if (given !== undefined) return given;
  if (known.tables.has(from)) return BLOCK.tableRow;
  return opensItem(first.text) && !joints.includes("row") ? BLOCK.listItem : BLOCK.paragraph;
}

function hasLabelFont({ runs }: Line): boolean {
  const [first, second] = runs;
  return first !== undefined && second !== undefined && first.run.font !== second.run.font;
}

function textOf(lines: readonly Line[]): string {
  return lines.reduce((text, line) => {
    const spaceless = isSpaceless(lastCharacter(text)) && isSpaceless(firstCharacter(line.text));
    return text + (text === "" || spaceless ? "" : " ") + line.text;
  }, "");
}
