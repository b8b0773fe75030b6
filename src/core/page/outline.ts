import { BLOCK, PAGE_SEPARATOR } from "../model.ts";
import type { CharOffset, Page, PageIndex } from "../model.ts";

/** A heading block of the document. */
export interface Heading {
  readonly page: PageIndex;
  /** In the document's text: bodies joined by PAGE_SEPARATOR. */
  readonly start: CharOffset;
  /** 1 (outermost) to 6. */
  readonly level: number;
  /** One line, trimmed; never empty. */
  readonly text: string;
}

const LEVELS = { outermost: 1, innermost: 6 };

/** The headings of all bodies in document order. Levels may skip (1, 3) and need not begin with 1. */
export function headingsAt(pages: readonly Page[]): Heading[] {
  const headings: Heading[] = [];
  let pageStart = 0;
  for (const { index, text, bodyEnd, blocks } of pages) {
    for (const [i, start] of blocks.starts.entries()) {
      if (blocks.kinds[i] !== BLOCK.heading || start >= bodyEnd) continue;
      const end = Math.min(blocks.starts[i + 1] ?? bodyEnd, bodyEnd);
      const line = text.slice(start, end).replaceAll(/\s+/g, " ").trim();
      if (line === "") continue;
      const level = Math.min(Math.max(blocks.levels[i] ?? 0, LEVELS.outermost), LEVELS.innermost);
      headings.push({ page: index, start: pageStart + start, level, text: line });
    }
    pageStart += bodyEnd + PAGE_SEPARATOR.length;
  }
  return headings;
}

/** The headings that hold at the end of `before`, outermost first: each is followed only by deeper ones. */
export function pathAfter(before: readonly Heading[]): Heading[] {
  const path: Heading[] = [];
  for (const heading of before) {
    while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
    path.push(heading);
  }
  return path;
}
