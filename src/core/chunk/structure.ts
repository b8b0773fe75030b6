import type { Cancel } from "../base/errors.ts";
import type { ChunkSettings, Page, TokenCount } from "../model.ts";
import type { AtomLimits } from "./atoms.ts";
import { piecesOf } from "./blocks.ts";
import { Packer, type PackSizes, type Span } from "./packing.ts";
import type { PagedText } from "./page-spans.ts";
import { hardCap } from "./settings.ts";
import { sectionRuns, type UnitRun } from "./section-runs.ts";
import type { TokenCounter } from "./token-counter.ts";
import { toUnits, type Unit } from "./units.ts";

/**
 * Text has 3 to 6 characters a token. WordPiece reads a word of more than 100 letters as one [UNK],
 * so without a bound 256 tokens could hold megabytes of base64.
 */
const MOST_CHARS_PER_TOKEN = 16;

/** Headings, paragraphs, sentences: chunks of about `size` that keep to their section (rules C1 to C10). */
export function byStructure(
  paged: PagedText,
  pages: readonly Page[],
  { size, overlap }: ChunkSettings,
  counter: TokenCounter,
  limit: TokenCount,
  cancel: Cancel | undefined,
): Span[] {
  const sizes = { size, overlap, cap: hardCap(size, limit) };
  return pack(paged.text, pages, sizes, counter, (units) => sectionRuns(units, size / 4), true, cancel);
}

/** One chunk a page; a page that the model cannot read at once in as few parts as its sentences allow. */
export function byPage(
  paged: PagedText,
  pages: readonly Page[],
  counter: TokenCounter,
  limit: TokenCount,
  cancel: Cancel | undefined,
): Span[] {
  const runs = (units: readonly Unit[]): UnitRun[] => {
    const found: UnitRun[] = [];
    let page = -1;
    for (const [i, { start }] of units.entries()) {
      const at = paged.pageAt(start);
      if (at !== page) found.push({ first: i, end: i });
      page = at;
      found[found.length - 1] = { first: found.at(-1)!.first, end: i + 1 };
    }
    return found;
  };
  return pack(paged.text, pages, { size: limit, overlap: 0, cap: limit }, counter, runs, false, cancel);
}

function pack(
  text: string,
  pages: readonly Page[],
  sizes: PackSizes,
  counter: TokenCounter,
  runsOf: (units: readonly Unit[]) => readonly UnitRun[],
  overPages: boolean,
  cancel: Cancel | undefined,
): Span[] {
  // Half a chunk: so the overlap, at most the other half, always leaves room for the next unit.
  const limits: AtomLimits = {
    tokens: Math.floor(sizes.size / 2),
    chars: (sizes.size * MOST_CHARS_PER_TOKEN) / 2,
  };
  const units = toUnits(text, piecesOf(text, pages, overPages), counter, limits, sizes, cancel);
  return runsOf(units).flatMap(({ first, end }) =>
    new Packer(text, units.slice(first, end), sizes, counter, limits).pack(cancel),
  );
}
