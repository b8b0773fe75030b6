import { type Heading, headingsAt } from "#core/page/outline.ts";
import { PAGE_SEPARATOR, type Page, type PageIndex } from "#core/model.ts";
import { quadsOf } from "#core/page/quads.ts";
import type { OutlineNode } from "#pdf/viewer/outline.ts";
import type { ReaderTarget } from "#state/reader-view.ts";

export interface OutlineEntry {
  readonly title: string;
  /** null where the entry leads nowhere. */
  readonly page: PageIndex | null;
  readonly target: () => ReaderTarget | null;
  readonly children: readonly OutlineEntry[];
}

/** The document's own outline. */
export function entriesOf(nodes: readonly OutlineNode[], pages: readonly Page[]): OutlineEntry[] {
  return nodes.map(({ title, page: index, y, children }) => ({
    title: title === "" ? "Untitled" : title,
    page: index,
    target() {
      const page = index === null ? undefined : pages[index];
      if (page === undefined) return null;
      // A line across the page where the destination is.
      const quad = y === null ? null : ([0, y, page.width, y, page.width, y, 0, y] as const);
      return { page: page.index, quad, offset: null };
    },
    children: entriesOf(children, pages),
  }));
}

interface Draft extends OutlineEntry {
  readonly level: number;
  readonly children: Draft[];
}

/** The headings found in the text, each under the nearest one before it of a lower level. */
export function headingEntries(pages: readonly Page[]): OutlineEntry[] {
  const starts = bodyStarts(pages);
  const roots: Draft[] = [];
  const path: Draft[] = [];
  for (const heading of headingsAt(pages)) {
    const entry = draft(heading, pages[heading.page], heading.start - (starts[heading.page] ?? 0));
    while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
    (path.at(-1)?.children ?? roots).push(entry);
    path.push(entry);
  }
  return roots;
}

/** Where each page's text begins in the document's. */
function bodyStarts(pages: readonly Page[]): number[] {
  let next = 0;
  return pages.map(({ bodyEnd }) => {
    const start = next;
    next += bodyEnd + PAGE_SEPARATOR.length;
    return start;
  });
}

function draft({ level, text, page: index }: Heading, page: Page | undefined, offset: number): Draft {
  return {
    level,
    title: text,
    page: index,
    target: () => ({
      page: index,
      quad: page === undefined ? null : (quadsOf(page, offset, offset + text.length)[0] ?? null),
      offset,
    }),
    children: [],
  };
}
