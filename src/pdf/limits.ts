/** What one file may cost; what lies beyond is left out, and the document says so. */
export interface PdfLimits {
  readonly pages: number;
  /** UTF-16 units of one page. */
  readonly characters: number;
  /** Pieces of text on one page, marks around them counted. */
  readonly items: number;
  /** Milliseconds for the text of one page, looked at between pieces of it. */
  readonly pageTime: number;
  /** Bytes that one compressed stream may unfold to. */
  readonly unfolded: number;
}

export const PDF_LIMITS: PdfLimits = {
  pages: 10_000,
  characters: 1_000_000,
  // Words scattered one by one cost the layout 0.1 ms each; the fullest of the real pages at hand has 3,000.
  items: 100_000,
  pageTime: 20_000,
  // The largest content stream of 1,259 real files has some MB.
  unfolded: 256 * 2 ** 20,
};

/** Entries of the outline that are looked at. */
export const MOST_OUTLINE_ENTRIES = 5000;
/** Nodes of a page's structure tree that are looked at. */
export const MOST_STRUCTURE_NODES = 100_000;
