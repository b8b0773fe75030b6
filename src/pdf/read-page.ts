import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { isHangul, isSpaceless } from "#core/page/script.ts";
import type { HeadingRole, SourcePage } from "#core/page/source.ts";
import type { Signal } from "#core/ports.ts";
import { GlyphWidths } from "./glyph-widths.ts";
import { toImageShare } from "./image-share.ts";
import { LamAlefs } from "./lam-alef.ts";
import type { PdfLimits } from "./limits.ts";
import { operatorsOf, type Operators } from "./operators.ts";
import { readText } from "./page-text.ts";
import { toRuns, toTaggedItems, type TaggedItem } from "./runs.ts";
import { toHeadingIds } from "./structure.ts";

/** Fewer visible characters than this do not explain a page: what else is on it? */
const LITTLE_TEXT = 200;
/** With fewer than this it may be a scan, which must not be missed. */
const HARDLY_ANY = 20;
/** A document with more pages of little text than this is a set of slides: they stop being looked at for images. */
const MOST_OF_LITTLE_TEXT = 8;
/** A page is looked at for its glyphs where more characters than this, and this share, are of unknown width. */
const UNKNOWN = { least: 40, share: 0.15 };
/** So many pages of a document at most: the glyphs of a page cost a third of its text, drawings on it much more. */
const MOST_LOOKED_AT = { pages: 3, each: 50 };
/** A page whose text took longer, in milliseconds, is a drawing of very many lines: its operators would take minutes. */
const SLOW = 1000;

export interface PageReading {
  readonly limits: PdfLimits;
  readonly breathe: () => Promise<void>;
  readonly signal: Signal;
  /** Whether the document says that its structure is marked. */
  readonly marked: boolean;
}

/** Reads the pages of one document in their order; keeps what one page tells about fonts for the next. */
export class PageSource {
  readonly #pdf: PDFDocumentProxy;
  readonly #reading: PageReading;
  readonly #glyphs = new GlyphWidths();
  readonly #lamAlefs = new LamAlefs();
  #lookedAt = 0;
  #ofLittleText = 0;

  constructor(pdf: PDFDocumentProxy, reading: PageReading) {
    this.#pdf = pdf;
    this.#reading = reading;
  }

  /** `number` counts from 1. */
  async read(number: number, label: string | null): Promise<{ readonly source: SourcePage; readonly cut: boolean }> {
    const page = await this.#pdf.getPage(number);
    try {
      const { limits, breathe, signal, marked } = this.#reading;
      const started = performance.now();
      const { items, styles, cut } = await readText(page, limits, breathe, signal);
      const isSlow = performance.now() - started > SLOW;
      const tagged = toTaggedItems(items, marked ? await headingsOf(page, items) : NO_HEADINGS);
      const visible = visibleOf(tagged);
      const looksForImages = this.#looksForImages(visible);
      const looksForGlyphs = this.#looksForGlyphs(tagged, number);
      const looksForLamAlefs = this.#lamAlefs.mayStandIn(tagged);
      let imageShare: number | null = null;
      let mended: readonly TaggedItem[] = tagged;
      if ((looksForImages || looksForGlyphs || looksForLamAlefs) && !isSlow) {
        const operators = await optional(operatorsOf(page));
        if (looksForImages && operators !== null) imageShare = toImageShare(operators, page.view);
        if (looksForGlyphs) this.#learn(operators ?? []);
        if (looksForLamAlefs) mended = this.#lamAlefs.mended(tagged, operators ?? []);
      }
      const { view, userUnit, rotate } = page;
      const [left = 0, bottom = 0, right = 0, top = 0] = view;
      const source: SourcePage = {
        label,
        width: (right - left) * userUnit,
        height: (top - bottom) * userUnit,
        rotation: toRotation(rotate),
        runs: toRuns(mended, styles, page, this.#glyphs),
        imageShare,
      };
      return { source, cut };
    } finally {
      page.cleanup();
    }
  }

  #looksForImages(visible: number): boolean {
    if (visible < HARDLY_ANY) return true;
    if (visible >= LITTLE_TEXT) return false;
    this.#ofLittleText += 1;
    return this.#ofLittleText <= MOST_OF_LITTLE_TEXT;
  }

  /** Ideographs are an em wide: nobody needs to look them up. */
  #looksForGlyphs(items: readonly TaggedItem[], number: number): boolean {
    if (this.#lookedAt >= MOST_LOOKED_AT.pages + number / MOST_LOOKED_AT.each) return false;
    let all = 0;
    let unknown = 0;
    for (const { item } of items) {
      const known = this.#glyphs.of(item.fontName);
      for (const character of item.str) {
        if (character === " ") continue;
        all += 1;
        if (known?.has(character) !== true && !isSpaceless(character) && !isHangul(character)) unknown += 1;
      }
    }
    return unknown > UNKNOWN.least && unknown > UNKNOWN.share * all;
  }

  #learn(operators: Operators): void {
    this.#lookedAt += 1;
    this.#glyphs.learn(operators);
  }
}

/** Visible characters, as far as they matter here. */
function visibleOf(items: readonly TaggedItem[]): number {
  let visible = 0;
  for (const { item } of items) {
    visible += item.str.replaceAll(/\s/g, "").length;
    if (visible >= LITTLE_TEXT) break;
  }
  return visible;
}

const NO_HEADINGS: ReadonlyMap<string, HeadingRole> = new Map();

/** The structure tree is asked for only where something on the page could stand in it. */
async function headingsOf(page: PDFPageProxy, items: readonly object[]): Promise<ReadonlyMap<string, HeadingRole>> {
  if (!items.some((item) => "id" in item && item.id !== null)) return NO_HEADINGS;
  return toHeadingIds(await optional(page.getStructTree()));
}

function toRotation(degrees: number): SourcePage["rotation"] {
  const quarter = ((degrees % 360) + 360) % 360;
  return quarter === 90 || quarter === 180 || quarter === 270 ? quarter : 0;
}

/** Extras: a file that has them broken is still read. */
export async function optional<T>(value: Promise<T>): Promise<T | null> {
  return value.catch(() => null);
}
