import type { PageQuality } from "../model.ts";
import type { SourceRun } from "./source.ts";

/** A scan's stamp or a stray mark is not a page of text. */
const FEWEST_VISIBLE = 3;
/** Images over this share of a page, with less text than this, are a picture of the page: its text is a stamp. */
const MOSTLY_IMAGES = 0.5;
const FEWEST_OF_TEXT = 20;
/** Less text than a short paragraph beside such images may not be all that the page says. */
const FEWEST_BESIDE_IMAGES = 200;
/** Above this share of letters without a meaning the page cannot be read by any program. */
const GARBLED = 0.5;
/** U+0000 and other control characters, U+FFFD, private use: what a font without a character map yields. */
const MEANINGLESS = /(?!\s)\p{Cc}|\p{Co}|\uFFFD/gu;
const VISIBLE = /\S/gu;

/** Judges a page by its runs as the engine gave them: folding hides what is garbled. */
export function toQuality(runs: readonly SourceRun[], imageShare: number | null): PageQuality {
  let visible = 0;
  let meaningless = 0;
  for (const { text } of runs) {
    visible += text.match(VISIBLE)?.length ?? 0;
    meaningless += text.match(MEANINGLESS)?.length ?? 0;
  }
  const pictured = (imageShare ?? 0) >= MOSTLY_IMAGES;
  if (pictured && visible < FEWEST_OF_TEXT) return "scan";
  if (visible < FEWEST_VISIBLE) return "no-text";
  if (meaningless > GARBLED * visible) return "garbled";
  return pictured && visible < FEWEST_BESIDE_IMAGES ? "pictures" : "text";
}
