import type { PageQuality } from "../model.ts";
import type { SourceRun } from "./source.ts";

/** A scan's stamp or a stray mark is not a page of text. */
const FEWEST_VISIBLE = 3;
/** Above this share of letters without a meaning the page cannot be read by any program. */
const GARBLED = 0.5;
/** U+0000 and other control characters, U+FFFD, private use: what a font without a character map yields. */
const MEANINGLESS = /(?!\s)\p{Cc}|\p{Co}|\uFFFD/gu;
const VISIBLE = /\S/gu;

/** Judges a page by its runs as the engine gave them: folding hides what is garbled. */
export function toQuality(runs: readonly SourceRun[]): PageQuality {
  let visible = 0;
  let meaningless = 0;
  for (const { text } of runs) {
    visible += text.match(VISIBLE)?.length ?? 0;
    meaningless += text.match(MEANINGLESS)?.length ?? 0;
  }
  if (visible < FEWEST_VISIBLE) return "no-text";
  return meaningless > GARBLED * visible ? "garbled" : "text";
}
