import type { Points } from "../model.ts";

/**
 * A piece of text as a PDF engine gives it, in drawing order. Engine-neutral: pdf.js or PDFium, the pages built
 * from it are the same. Coordinates are points, origin at the bottom left of the unrotated, cropped page.
 */
export interface SourceRun {
  /** Blank text means that the engine saw white space here; it is never a run of the page. */
  readonly text: string;
  /** Where the baseline of the first glyph begins; for vertical writing the middle of the column, at its top. */
  readonly x: Points;
  readonly y: Points;
  /** Unit vector along which the text advances: (1, 0) for plain lines, (0, -1) for vertical writing. */
  readonly dirX: number;
  readonly dirY: number;
  /** Advance along the direction. */
  readonly advance: Points;
  readonly size: Points;
  /** How far glyphs reach above and below the baseline, as shares of the size; descent is negative. */
  readonly ascent: number;
  readonly descent: number;
  /** Equal for runs of the same font of the same document. */
  readonly font: string;
  readonly rtl: boolean;
  /** How far along the advance each UTF-16 unit of the text ends, 0 to 1, ascending; null = evenly spaced. */
  readonly edges: ArrayLike<number> | null;
  /**
   * What the file itself says: `artifact` for running headers, footers and page numbers, a heading with its level,
   * null where it says nothing or plain text.
   */
  readonly role: "artifact" | HeadingRole | null;
}

export type HeadingRole = "h1" | "h2" | "h3" | "h4" | "h5" | "h6";

/** An entry of the document's outline (bookmarks): a hint that such a line on that page is a heading. */
export interface OutlineEntry {
  readonly title: string;
  /** From 1, the outermost. */
  readonly level: number;
  readonly page: number | null;
}

export interface SourcePage {
  readonly label: string | null;
  readonly width: Points;
  readonly height: Points;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly runs: readonly SourceRun[];
  /** Share of the page that images cover, 0 to 1; null where nobody looked. */
  readonly imageShare: number | null;
}
