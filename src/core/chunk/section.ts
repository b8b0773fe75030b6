import { PAGE_SEPARATOR, type CharOffset, type Chunk, type Page } from "../model.ts";
import { headingsAt, pathAfter, type Heading } from "../page/outline.ts";
import { documentText } from "./page-spans.ts";

export interface Section {
  /** In the document's text; always holds the chunk. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** Path of the section, its own heading last; empty before the first heading. */
  readonly headings: readonly string[];
}

/** About a page and a half: enough to judge a passage by, little enough to be read. */
const SECTION_CHARS = 6000;

/**
 * Small to big: the section around a chunk, from its heading to the next of the same or a higher level. A section of
 * more than `limit` characters is cut around the chunk, at the ends of blocks where there are any.
 */
export function sectionAround(
  pages: readonly Page[],
  chunk: Pick<Chunk, "start" | "end">,
  limit: number = SECTION_CHARS,
): Section {
  const text = documentText(pages);
  const headings = headingsAt(pages);
  const own = headings.findLastIndex(({ start }) => start <= chunk.start);
  const start = headings[own]?.start ?? 0;
  const end = endOf(headings, own, chunk.end) ?? text.length;
  const path = pathAfter(headings.slice(0, own + 1)).map((heading) => heading.text);
  const range = end - start <= limit ? { start, end } : around(pages, chunk, { start, end }, limit);
  return { ...trimmed(text, range, chunk), headings: path };
}

/** The next heading that is not below this one; a chunk of several small sections reaches further. */
function endOf(headings: readonly Heading[], own: number, least: CharOffset): CharOffset | undefined {
  const level = headings[own]?.level ?? Infinity;
  return headings.find((heading, i) => i > own && heading.level <= level && heading.start >= least)?.start;
}

interface Range {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** As much on both sides of the chunk; what one side does not need goes to the other. */
function around(pages: readonly Page[], chunk: Range, section: Range, limit: number): Range {
  const room = Math.max(0, limit - (chunk.end - chunk.start));
  const before = chunk.start - section.start;
  const behind = Math.max(0, section.end - chunk.end);
  const front = Math.min(before, Math.max(room / 2, room - behind));
  const from = chunk.start - front;
  const to = chunk.end + Math.min(behind, room - front);
  let start = chunk.start;
  let end = chunk.end;
  let isStart = true;
  for (const at of borders(pages)) {
    if (isStart && at >= from && at <= chunk.start) {
      start = at;
      isStart = false;
    }
    if (at >= chunk.end && at <= to) end = at;
  }
  return { start, end };
}

/** Where blocks begin, and where the document ends, in its text. */
function borders(pages: readonly Page[]): CharOffset[] {
  let pageStart = 0;
  const found: CharOffset[] = [];
  for (const { blocks, bodyEnd } of pages) {
    for (const start of blocks.starts) if (start < bodyEnd) found.push(pageStart + start);
    pageStart += bodyEnd + PAGE_SEPARATOR.length;
  }
  found.push(Math.max(0, pageStart - PAGE_SEPARATOR.length));
  return found;
}

/** Without the white space around it, but with all of the chunk. */
function trimmed(text: string, { start, end }: Range, chunk: Range): Range {
  let from = start;
  let to = end;
  while (from < chunk.start && /\s/.test(text.charAt(from))) from++;
  while (to > chunk.end && /\s/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}
