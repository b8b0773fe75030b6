import { OPS, type Operators } from "./operators.ts";
import type { TaggedItem } from "./runs.ts";

/** Lam and an alef are one glyph in every Arabic font; Word's files say that it stands for two letters, lam first. */
const LAM_ALEF = /\u0644[\u0622\u0623\u0625\u0627]/g;
const ALEF_LAM = /[\u0622\u0623\u0625\u0627]\u0644/g;
/** What text content leaves out or makes up. */
const BLANK = /[\s\p{Cf}]/u;
/** Arabic pages without such a glyph before nobody looks any more: those fonts name it by one character. */
const BARREN = 3;

/**
 * pdf.js turns right-to-left text letter by letter, and with it the two letters of a lam-alef: "الإنتاجية" becomes
 * "اإلنتاجية", which reads like alef and lam, the article. Only the glyphs tell which of them are one.
 */
export class LamAlefs {
  #barren = 0;

  /** Whether the glyphs of a page with this text are worth a look. */
  mayStandIn(items: readonly TaggedItem[]): boolean {
    return this.#barren < BARREN && items.some(({ item }) => item.dir === "rtl" && item.str.search(ALEF_LAM) >= 0);
  }

  /** The items with each lam-alef the right way round; from where the glyphs and the text part, as they were. */
  mended(items: readonly TaggedItem[], operators: Operators): readonly TaggedItem[] {
    const glyphs = glyphsOf(operators);
    if (!glyphs.some(isLamAlef)) {
      this.#barren += 1;
      return items;
    }
    let next = 0;
    return items.map((tagged) => {
      const { item } = tagged;
      const drawn: string[] = [];
      for (let left = visible(item.str).length; left > 0 && next < glyphs.length; next += 1) {
        const glyph = glyphs[next] ?? "";
        left -= glyph.length;
        drawn.push(glyph);
        if (left < 0) next = glyphs.length;
      }
      const str = item.dir === "rtl" && drawn.some(isLamAlef) ? turned(item.str, drawn) : item.str;
      return str === item.str ? tagged : { ...tagged, item: { ...item, str } };
    });
  }
}

/** `drawn` from left to right, without blanks. The k-th pair of the text is the k-th of the glyphs from the right. */
function turned(text: string, drawn: readonly string[]): string {
  const pairs: { readonly letters: string; readonly isOne: boolean }[] = [];
  for (const [i, glyph] of drawn.entries()) {
    const two = (glyph + (drawn[i + 1] ?? "")).slice(0, 2);
    const isOne = isLamAlef(glyph);
    if (isOne || (glyph.length === 1 && two.search(LAM_ALEF) === 0)) pairs.unshift({ letters: two, isOne });
  }
  const offsets = Array.from({ length: text.length }, (_, at) => at).filter((at) => !BLANK.test(text.charAt(at)));
  const found = Array.from(visible(text).matchAll(ALEF_LAM));
  const fits = found.length === pairs.length && found.every(({ 0: two }, k) => two[0] === pairs[k]?.letters[1]);
  if (!fits) return text;
  const letters = text.split("");
  for (const [k, { index }] of found.entries()) {
    const [first = 0, second = 0] = [offsets[index], offsets[index + 1]];
    if (pairs[k]?.isOne === true) [letters[first], letters[second]] = [text.charAt(second), text.charAt(first)];
  }
  return letters.join("");
}

function isLamAlef(glyph: string): boolean {
  return glyph.length === 2 && glyph.search(LAM_ALEF) === 0;
}

function visible(text: string): string {
  return Array.from(text)
    .filter((one) => !BLANK.test(one))
    .join("");
}

/** What each glyph of the page stands for, in drawing order, blanks left out. */
function glyphsOf(operators: Operators): string[] {
  const found: string[] = [];
  for (const [operator, args] of operators) {
    if (operator !== OPS.showText || !Array.isArray(args) || !Array.isArray(args[0])) continue;
    for (const glyph of args[0]) {
      if (typeof glyph !== "object" || glyph === null || !("unicode" in glyph)) continue;
      const { unicode } = glyph;
      if (typeof unicode === "string" && visible(unicode) !== "") found.push(visible(unicode));
    }
  }
  return found;
}
