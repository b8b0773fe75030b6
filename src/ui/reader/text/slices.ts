/** A text without pages, cut into pieces of about a screen, so that only those near the screen exist. */
import { BLOCK, type BlockKind, type CharOffset, type Page, type PageIndex } from "#core/model.ts";

/** A block, or a part of a very long one. */
export interface TextPart {
  readonly kind: BlockKind;
  /** 1 to 6 for headings, else 0. */
  readonly level: number;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

export interface TextSlice {
  readonly page: PageIndex;
  readonly parts: readonly TextPart[];
  readonly start: CharOffset;
  readonly end: CharOffset;
}

const SLICE = 3_000;
/** A paragraph longer than this is shown in parts. */
const LONGEST_PART = 6_000;

export function slicesOf(pages: readonly Page[]): TextSlice[] {
  const slices: TextSlice[] = [];
  for (const page of pages) {
    let parts: TextPart[] = [];
    const flush = (): void => {
      const [first] = parts;
      if (first === undefined) return;
      slices.push({ page: page.index, parts, start: first.start, end: parts.at(-1)?.end ?? first.end });
      parts = [];
    };
    for (const part of partsOf(page)) {
      parts.push(part);
      if (part.end - (parts[0]?.start ?? 0) >= SLICE) flush();
    }
    flush();
  }
  return slices;
}

function partsOf(page: Page): TextPart[] {
  const { starts, kinds, levels } = page.blocks;
  const parts: TextPart[] = [];
  // A page without blocks is one.
  const count = Math.max(1, starts.length);
  for (let i = 0; i < count; i += 1) {
    const kind = (kinds[i] ?? BLOCK.paragraph) as BlockKind;
    const level = levels[i] ?? 0;
    const end = starts[i + 1] ?? page.text.length;
    let start: number = i === 0 ? 0 : (starts[i] ?? 0);
    while (end - start > LONGEST_PART) {
      const space = page.text.lastIndexOf(" ", start + LONGEST_PART);
      const cut = space > start ? space + 1 : start + LONGEST_PART;
      parts.push({ kind, level, start, end: cut });
      start = cut;
    }
    if (page.text.slice(start, end).trim() !== "") parts.push({ kind, level, start, end });
  }
  return parts;
}

/** The slice that holds an offset of a page's text, or the last one before it. */
export function sliceAt(slices: readonly TextSlice[], page: PageIndex, offset: CharOffset): number {
  const found = slices.findLastIndex((slice) => slice.page < page || (slice.page === page && slice.start <= offset));
  // An offset before all text of its page belongs to the page's first slice.
  if ((slices[found]?.page ?? -1) < page && slices[found + 1]?.page === page) return found + 1;
  return Math.max(0, found);
}
