import type { Points } from "../model.ts";
import type { Line } from "./line.ts";

/** What most letters of a document are set in. */
export interface BodyStyle {
  readonly size: Points;
  /** Fonts that hold a tenth of the letters of that size: text in another font is set apart. */
  readonly fonts: ReadonlySet<string>;
}

const COMMON = 0.1;
/** Sizes are told apart to this many steps a point. */
const STEPS = 2;

export function bodyStyle(pages: readonly (readonly Line[])[]): BodyStyle {
  const sizes = new Map<number, { letters: number; points: number; fonts: Map<string, number> }>();
  for (const line of pages.flat()) {
    const key = Math.round(STEPS * line.size);
    const seen = sizes.get(key) ?? { letters: 0, points: 0, fonts: new Map<string, number>() };
    sizes.set(key, seen);
    seen.letters += line.text.length;
    seen.points += line.text.length * line.size;
    for (const { run, start, end } of line.runs)
      seen.fonts.set(run.font, (seen.fonts.get(run.font) ?? 0) + end - start);
  }
  let most = { letters: 0, points: 0, fonts: new Map<string, number>() };
  for (const seen of sizes.values()) if (seen.letters > most.letters) most = seen;
  const fonts = Array.from(most.fonts).filter(([, letters]) => letters >= COMMON * most.letters);
  return { size: most.letters === 0 ? 0 : most.points / most.letters, fonts: new Set(fonts.map(([font]) => font)) };
}

/** The font of most letters of some lines, and its share of them. */
export function mainFont(lines: readonly Line[]): { readonly font: string; readonly share: number } {
  const counts = new Map<string, number>();
  let all = 0;
  for (const { run, start, end } of lines.flatMap((line) => line.runs)) {
    counts.set(run.font, (counts.get(run.font) ?? 0) + end - start);
    all += end - start;
  }
  let best = { font: "", letters: 0 };
  for (const [font, letters] of counts) if (letters > best.letters) best = { font, letters };
  return { font: best.font, share: all === 0 ? 0 : best.letters / all };
}
