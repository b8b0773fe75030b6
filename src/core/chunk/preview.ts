import { PAGE_SEPARATOR, type CharOffset, type Chunk, type Page, type PageIndex, type TokenCount } from "../model.ts";

/** The part of a chunk that stands on a page. */
export interface ChunkCut {
  /** In the page's text. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly ordinal: number;
}

export interface PreviewPage {
  readonly index: PageIndex;
  readonly label: string | null;
  /** The body: what is chunked. */
  readonly text: string;
  /** In document order; neighbours overlap where text is repeated. */
  readonly cuts: readonly ChunkCut[];
}

/** Chunks of `from` up to `to` tokens, exclusive. */
export interface SizeBin {
  readonly from: TokenCount;
  readonly to: TokenCount;
  readonly count: number;
}

/** What a document's chunks would be under some settings. */
export interface ChunkPreview {
  readonly chunks: number;
  /** Most tokens of a chunk that the embedding model reads, and how many chunks are longer. */
  readonly limit: TokenCount;
  readonly tooLong: number;
  readonly smallest: TokenCount;
  readonly median: TokenCount;
  readonly largest: TokenCount;
  /** Bins of equal width from 0 on, without gaps; none where there is no chunk. */
  readonly sizes: readonly SizeBin[];
  readonly pages: readonly PreviewPage[];
}

const MOST_BINS = 20;
const SMALLEST_BIN = 8;

/** @param chunks of these pages, in order */
export function previewOf(pages: readonly Page[], chunks: readonly Chunk[], limit: TokenCount): ChunkPreview {
  const sorted = Uint32Array.from(chunks, ({ tokens }) => tokens).toSorted();
  return {
    chunks: chunks.length,
    limit,
    tooLong: sorted.filter((tokens) => tokens > limit).length,
    smallest: sorted[0] ?? 0,
    median: sorted[sorted.length >> 1] ?? 0,
    largest: sorted.at(-1) ?? 0,
    sizes: binsOf(sorted),
    pages: cutPages(pages, chunks),
  };
}

function binsOf(sorted: Uint32Array): SizeBin[] {
  const largest = sorted.at(-1);
  if (largest === undefined) return [];
  let width = SMALLEST_BIN;
  while (largest >= width * MOST_BINS) width *= 2;
  const counts = new Uint32Array(Math.floor(largest / width) + 1);
  for (const tokens of sorted) counts[Math.floor(tokens / width)]! += 1;
  return Array.from(counts, (count, i) => ({ from: i * width, to: (i + 1) * width, count }));
}

function cutPages(pages: readonly Page[], chunks: readonly Chunk[]): PreviewPage[] {
  let pageStart = 0;
  let first = 0;
  return pages.map(({ index, label, text, bodyEnd }) => {
    const start = pageStart;
    const end = start + bodyEnd;
    pageStart = end + PAGE_SEPARATOR.length;
    const cuts: ChunkCut[] = [];
    for (let i = first; i < chunks.length && chunks[i]!.start < end; i++) {
      const chunk = chunks[i]!;
      if (chunk.end <= start) {
        // Starts rise, and so a chunk that ended before this page is not looked at again.
        if (i === first) first++;
        continue;
      }
      cuts.push({
        start: Math.max(0, chunk.start - start),
        end: Math.min(bodyEnd, chunk.end - start),
        ordinal: chunk.ordinal,
      });
    }
    return { index, label, text: text.slice(0, bodyEnd), cuts };
  });
}

/** A stretch of a page that the same chunks hold: none (white space), one, or several (overlap). */
export interface CutStretch {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly ordinals: readonly number[];
}

/** The page's text in stretches, without gaps. */
export function stretchesOf({ text, cuts }: Pick<PreviewPage, "text" | "cuts">): CutStretch[] {
  const borders = new Set([0, text.length]);
  for (const { start, end } of cuts) borders.add(start).add(end);
  const at = [...borders].toSorted((a, b) => a - b);
  let first = 0;
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1]!;
    while (first < cuts.length && cuts[first]!.end <= start) first++;
    const ordinals: number[] = [];
    for (let c = first; c < cuts.length && cuts[c]!.start <= start; c++) {
      if (cuts[c]!.end > start) ordinals.push(cuts[c]!.ordinal);
    }
    return { start, end, ordinals };
  });
}
