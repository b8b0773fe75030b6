import { OPS, type Operators } from "./operators.ts";

/** Widths of a font's characters as the file gives them, in em (wrong for Type 3 fonts, whose unit is their own). */
export type FontWidths = ReadonlyMap<string, number>;

const PER_EM = 1000;
const MOST_CHARACTERS = 20_000;

/** Learns from what pages draw: text content alone has the width of whole runs only. */
export class GlyphWidths {
  readonly #fonts = new Map<string, Map<string, number>>();

  of(font: string): FontWidths | undefined {
    return this.#fonts.get(font);
  }

  learn(operators: Operators): void {
    let widths: Map<string, number> | undefined;
    for (const [operator, args] of operators) {
      if (!Array.isArray(args)) continue;
      if (operator === OPS.setFont) widths = this.#font(args[0]);
      else if (operator === OPS.showText && Array.isArray(args[0]) && widths !== undefined) addGlyphs(widths, args[0]);
    }
  }

  #font(name: unknown): Map<string, number> | undefined {
    if (typeof name !== "string") return undefined;
    const known = this.#fonts.get(name) ?? new Map<string, number>();
    this.#fonts.set(name, known);
    return known;
  }
}

/** Numbers between the glyphs are kerning. */
function addGlyphs(widths: Map<string, number>, glyphs: readonly unknown[]): void {
  for (const glyph of glyphs) {
    if (typeof glyph !== "object" || glyph === null || !("unicode" in glyph) || !("width" in glyph)) continue;
    const { unicode, width } = glyph;
    if (typeof unicode !== "string" || typeof width !== "number" || !(width > 0)) continue;
    if (widths.has(unicode) || widths.size >= MOST_CHARACTERS) continue;
    const em = width / PER_EM;
    widths.set(unicode, em);
    // Text content is normalised: a ligature stands there as its letters, which share its width.
    const letters = Array.from(unicode.normalize("NFKC"));
    for (const letter of letters) if (!widths.has(letter)) widths.set(letter, em / letters.length);
  }
}
