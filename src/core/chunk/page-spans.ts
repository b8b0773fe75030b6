import { PAGE_SEPARATOR } from "../model.ts";
import type { CharOffset, Page, PageIndex } from "../model.ts";

/** The text in which chunk offsets count: the bodies of the pages. */
export function documentText(pages: readonly Page[]): string {
  return pages.map((page) => page.text.slice(0, page.bodyEnd)).join(PAGE_SEPARATOR);
}

/** The text of a document and where its pages stand in it. */
export class PagedText {
  readonly text: string;
  /** Offsets of the separators between pages. */
  readonly breaks: ReadonlySet<CharOffset>;
  readonly #starts: CharOffset[] = [];
  readonly #pages: readonly Page[];

  constructor(pages: readonly Page[]) {
    this.#pages = pages;
    this.text = documentText(pages);
    const breaks = new Set<CharOffset>();
    let start = 0;
    for (const page of pages) {
      if (this.#starts.length > 0) breaks.add(start - PAGE_SEPARATOR.length);
      this.#starts.push(start);
      start += page.bodyEnd + PAGE_SEPARATOR.length;
    }
    this.breaks = breaks;
  }

  /** The body of each page and where it begins. */
  bodies(): { readonly start: CharOffset; readonly text: string }[] {
    return this.#pages.map(({ text, bodyEnd }, i) => ({ start: this.#starts[i] ?? 0, text: text.slice(0, bodyEnd) }));
  }

  /** The page that holds the character at `at`. */
  pageAt(at: CharOffset): PageIndex {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return this.#pages[low]?.index ?? 0;
  }
}
