import { isSpaceless } from "./script.ts";
import type { SourceRun } from "./source.ts";

/** Glyphs of a column stand below each other within this share of their size, punctuation a little aside. */
const ASIDE = 0.35;
const STEP = { min: 0.7, max: 1.6 };
const FEWEST = 3;
const MOST_OF_PAGE = 0.5;

/**
 * Vertical writing whose glyphs the file sets one by one, each as horizontal text (Chromium prints so): three or more
 * ideographs or kana below each other, and on a page that is mostly so, every single one.
 */
export function stackedGlyphs(runs: readonly SourceRun[]): ReadonlySet<SourceRun> {
  const glyphs = runs.filter(isGlyph);
  const stacked = new Set<SourceRun>();
  if (glyphs.length < FEWEST) return stacked;
  let column: SourceRun[] = [];
  for (const [i, glyph] of glyphs.entries()) {
    const before = glyphs[i - 1];
    if (before === undefined || !isBelow(before, glyph)) column = [];
    column.push(glyph);
    if (column.length >= FEWEST) for (const one of column.slice(column.length === FEWEST ? 0 : -1)) stacked.add(one);
  }
  return stacked.size > MOST_OF_PAGE * runs.length ? new Set(glyphs) : stacked;
}

function isGlyph({ text, dirX }: SourceRun): boolean {
  return dirX > 0.99 && text.length <= 2 && isSpaceless(text);
}

function isBelow(before: SourceRun, after: SourceRun): boolean {
  const step = before.y - after.y;
  return (
    Math.abs(before.x - after.x) <= ASIDE * before.size &&
    step >= STEP.min * before.size &&
    step <= STEP.max * before.size
  );
}
