import { PAGE_SEPARATOR, type CharOffset, type Page, type PageIndex, type Quad } from "../model.ts";
import { quadsOf } from "../page/quads.ts";

/** A part of one page's text; never empty. */
export interface PageRange {
  readonly page: PageIndex;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

export interface Place extends PageRange {
  /** Empty in documents that have no pages. */
  readonly quads: readonly Quad[];
}

/** Ranges of a document's text as ranges of its pages, and back. `pages[i].index` must be i. */
export class Places {
  readonly pages: readonly Page[];
  /** Where each page begins in the document's text. */
  readonly #starts: Uint32Array;
  readonly #known = new Map<string, readonly Place[]>();

  constructor(pages: readonly Page[]) {
    this.pages = pages;
    this.#starts = new Uint32Array(pages.length);
    let start = 0;
    for (const [i, page] of pages.entries()) {
      this.#starts[i] = start;
      start += page.bodyEnd + PAGE_SEPARATOR.length;
    }
  }

  /** Length of the document's text. */
  get length(): number {
    const last = this.pages.length - 1;
    return last < 0 ? 0 : this.#starts[last]! + this.pages[last]!.bodyEnd;
  }

  /** The parts of the pages that the document's text from `start` to `end` consists of, in page order. */
  ranges(start: CharOffset, end: CharOffset): PageRange[] {
    const found: PageRange[] = [];
    for (let i = this.#pageAt(start); i < this.pages.length && this.#starts[i]! < end; i += 1) {
      const from = Math.max(0, start - this.#starts[i]!);
      const to = Math.min(this.pages[i]!.bodyEnd, end - this.#starts[i]!);
      if (from < to) found.push({ page: i, start: from, end: to });
    }
    return found;
  }

  /** The same with the quads. */
  of(start: CharOffset, end: CharOffset): readonly Place[] {
    const key = `${start} ${end}`;
    const known = this.#known.get(key);
    if (known) return known;
    const places = this.ranges(start, end).map((range) => ({
      ...range,
      quads: quadsOf(this.pages[range.page]!, range.start, range.end),
    }));
    this.#known.set(key, places);
    return places;
  }

  /** A place of a page as one of the document's text; what is behind the body counts as its end. */
  offset(page: PageIndex, at: CharOffset): CharOffset {
    const body = this.pages[page]?.bodyEnd ?? 0;
    return (this.#starts[page] ?? 0) + Math.min(Math.max(0, at), body);
  }

  text(start: CharOffset, end: CharOffset): string {
    let text = "";
    let at = start;
    for (const range of this.ranges(start, end)) {
      const from = this.#starts[range.page]! + range.start;
      text += PAGE_SEPARATOR.repeat(from - at) + this.pages[range.page]!.text.slice(range.start, range.end);
      at = this.#starts[range.page]! + range.end;
    }
    return text + PAGE_SEPARATOR.repeat(Math.max(0, Math.min(end, this.length) - at));
  }

  #pageAt(at: CharOffset): PageIndex {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
