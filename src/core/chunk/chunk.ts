import type { Cancel } from "../base/errors.ts";
import type { Chunk, ChunkId, ChunkSettings, DocumentId, Page, TokenCount } from "../model.ts";
import { splitRecursively } from "./compatible/recursive.ts";
import { splitLikeLlamaIndex } from "./compatible/sentence-splitter.ts";
import type { Range } from "./compatible/python-text.ts";
import { HeadingPaths } from "./heading-path.ts";
import type { Span } from "./packing.ts";
import { PagedText } from "./page-spans.ts";
import { checkChunkSettings, MODEL_READS } from "./settings.ts";
import { byPage, byStructure } from "./structure.ts";
import { TokenCounter } from "./token-counter.ts";
import type { CountTokens } from "./token-counter.ts";

/**
 * The chunks of one document by the strategy of its settings (rules: README).
 * @param countTokens pure; additive over white-space-separated words and over single ideographs
 * @param limit most tokens of a chunk that the model reads; `structure` and `page` keep to it, the compatible
 * strategies cut where the originals cut
 * @throws UNEXPECTED for settings out of range, and what `cancel` throws
 */
export function chunkPages(
  documentId: DocumentId,
  pages: readonly Page[],
  settings: ChunkSettings,
  countTokens: CountTokens,
  cancel?: Cancel,
  limit: TokenCount = MODEL_READS,
): Chunk[] {
  checkChunkSettings(settings);
  const paged = new PagedText(pages);
  const { text } = paged;
  // The originals read no headings, and what is compared with them must not either.
  const paths = settings.strategy === "structure" ? new HeadingPaths(pages, text) : null;
  return spansOf(paged, pages, settings, new TokenCounter(countTokens), limit, cancel).map(
    ({ start, end, tokens }, ordinal) => ({
      id: `${documentId.slice(0, 16)}:${ordinal}` as ChunkId,
      documentId,
      ordinal,
      start,
      end,
      firstPage: paged.pageAt(start),
      lastPage: paged.pageAt(end - 1),
      headings: paths?.at(start) ?? [],
      text: text.slice(start, end),
      tokens,
    }),
  );
}

function spansOf(
  paged: PagedText,
  pages: readonly Page[],
  settings: ChunkSettings,
  counter: TokenCounter,
  limit: TokenCount,
  cancel: Cancel | undefined,
): Span[] {
  const { strategy, size, overlap } = settings;
  if (strategy === "structure") return byStructure(paged, pages, settings, counter, limit, cancel);
  if (strategy === "page") return byPage(paged, pages, counter, limit, cancel);
  // Page by page, as the originals' PDF readers hand them over.
  return paged.bodies().flatMap(({ start: offset, text }) => {
    cancel?.throwIfAborted();
    const measure = (from: number, to: number): TokenCount => counter.measure(text, from, to);
    const ranges: Range[] =
      strategy === "recursive"
        ? splitRecursively(text, size, overlap)
        : splitLikeLlamaIndex(text, size, overlap, measure);
    return ranges.flatMap(({ start, end }) => {
      const tokens = measure(start, end);
      // Control characters only: the model reads nothing.
      return tokens === 0 ? [] : [{ start: offset + start, end: offset + end, tokens }];
    });
  });
}
