import { BLOCK, type Page } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import type { Block } from "./block.ts";

/** Characters of a section where no heading parts the text: a printed page has 2,000 to 4,000. */
export const SECTION = 4_000;
/** A longer block has no borders of its own (a minified file, a paragraph of a thousand sentences) and is cut. */
const LONGEST_BLOCK = 2 * SECTION;

interface Section {
  readonly label: string | null;
  readonly blocks: Block[];
  length: number;
}

/**
 * Blocks → pages without geometry. A section begins at each heading of the two outermost levels in use; long ones are
 * divided at the borders of blocks, and each part keeps the heading as its label.
 */
export function toSections(blocks: readonly Block[]): Page[] {
  const deepest = topLevels(blocks);
  const sections: Section[] = [];
  for (const whole of blocks) {
    for (const piece of pieces(whole)) {
      const last = sections.at(-1);
      const isTop = piece.level > 0 && piece.level <= deepest;
      if (last === undefined || isTop || last.length + piece.text.length > SECTION) {
        // A title right above the first chapter is no section of its own.
        const merged = isTop && last !== undefined && isOnlyHeadings(last) ? last : null;
        if (merged !== null) sections.pop();
        const label = isTop ? piece.text : (last?.label ?? null);
        const before = merged?.blocks ?? [];
        sections.push({ label, blocks: [...before, piece], length: (merged?.length ?? 0) + piece.text.length });
      } else {
        last.blocks.push(piece);
        last.length += piece.text.length + 1;
      }
    }
  }
  return sections.map(toPage);
}

/** The deepest of the two outermost heading levels that occur, 0 without headings. */
function topLevels(blocks: readonly Block[]): number {
  const levels = new Set(blocks.map(({ level }) => level));
  levels.delete(0);
  return [...levels].toSorted((a, b) => a - b).at(levels.size > 1 ? 1 : 0) ?? 0;
}

function isOnlyHeadings({ blocks, length }: Section): boolean {
  return length < SECTION && blocks.every(({ kind }) => kind === BLOCK.heading);
}

/** A block too long for any section, cut behind a line, a sentence or at least a word. */
function pieces(whole: Block): Block[] {
  if (whole.text.length <= LONGEST_BLOCK) return [whole];
  const found: Block[] = [];
  for (let from = 0; from < whole.text.length;) {
    const to = whole.text.length - from <= LONGEST_BLOCK ? whole.text.length : cutIn(whole.text, from);
    const text = whole.text.slice(from, to).trim();
    if (text !== "") found.push({ ...whole, text });
    from = to;
  }
  return found;
}

/** Where to cut after about SECTION characters; never inside a surrogate pair. */
function cutIn(text: string, from: number): number {
  const window = text.slice(from + SECTION / 2, from + LONGEST_BLOCK);
  const near = window.slice(0, SECTION / 2);
  const line = near.lastIndexOf("\n");
  if (line >= 0) return from + SECTION / 2 + line + 1;
  const sentences = [...near.matchAll(/[.!?]\s|[。！？]/g)];
  const sentence = sentences.at(-1);
  if (sentence !== undefined) return from + SECTION / 2 + sentence.index + sentence[0].length;
  const space = window.search(/\s/);
  if (space >= 0) return from + SECTION / 2 + space + 1;
  const end = from + LONGEST_BLOCK;
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end - 1 : end;
}

function toPage({ label, blocks }: Section, index: number): Page {
  const starts = new Uint32Array(blocks.length);
  let at = 0;
  for (const [i, { text }] of blocks.entries()) {
    starts[i] = at;
    at += text.length + 1;
  }
  return plainPage(index, blocks.map(({ text }) => text).join("\n"), {
    label: label === null ? null : label.replaceAll("\n", " "),
    blocks: {
      starts,
      kinds: Uint8Array.from(blocks, ({ kind }) => kind),
      levels: Uint8Array.from(blocks, ({ level }) => level),
    },
  });
}
