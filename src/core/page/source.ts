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
}

export interface SourcePage {
  readonly label: string | null;
  readonly width: Points;
  readonly height: Points;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly runs: readonly SourceRun[];
}
