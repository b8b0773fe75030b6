import type { Cancel } from "../base/errors.ts";
import type { Chunk, ChunkId, ChunkSettings, DocumentId, Page } from "../model.ts";
import type { AtomLimits } from "./atoms.ts";
import { Packer } from "./packing.ts";
import { PagedText } from "./page-spans.ts";
import { splitSentences } from "./sentences.ts";
import { checkChunkSettings } from "./settings.ts";
import { TokenCounter } from "./token-counter.ts";
import type { CountTokens } from "./token-counter.ts";
import { toUnits } from "./units.ts";

/**
 * Text has 3 to 6 characters a token. WordPiece reads a word of more than 100 letters as one [UNK],
 * so without a bound 256 tokens could hold megabytes of base64.
 */
const MOST_CHARS_PER_TOKEN = 16;

/**
 * Sentence-aware chunks of one document by the model's own tokens (rules C1 to C9, README).
 * `size` must leave room for the model's special tokens and passage prefix.
 * @param countTokens pure; additive over white-space-separated words and over single ideographs
 * @throws UNEXPECTED for settings out of range, and what `cancel` throws
 */
export function chunkPages(
  documentId: DocumentId,
  pages: readonly Page[],
  settings: ChunkSettings,
  countTokens: CountTokens,
  cancel?: Cancel,
): Chunk[] {
  checkChunkSettings(settings);
  const paged = new PagedText(pages);
  const { text } = paged;
  const counter = new TokenCounter(countTokens);
  // Half a chunk: so the overlap, at most the other half, always leaves room for the next unit.
  const limits: AtomLimits = {
    tokens: Math.floor(settings.size / 2),
    chars: (settings.size * MOST_CHARS_PER_TOKEN) / 2,
  };
  const units = toUnits(text, splitSentences(text, paged.breaks), counter, limits, settings, cancel);
  const spans = new Packer(text, units, settings, counter, limits).pack(cancel);
  return spans.map(({ start, end, tokens }, ordinal) => ({
    id: `${documentId.slice(0, 16)}:${ordinal}` as ChunkId,
    documentId,
    ordinal,
    start,
    end,
    firstPage: paged.pageAt(start),
    lastPage: paged.pageAt(end - 1),
    headings: [],
    text: text.slice(start, end),
    tokens,
  }));
}
