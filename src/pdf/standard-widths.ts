import { isHangul, isSpaceless } from "#core/page/script.ts";

/** As pdf.js names them in `styles[font].fontFamily`. */
export type Family = "serif" | "sans-serif" | "monospace";

/** Printable ASCII from the space on, in 1/1000 em: Times Roman and Helvetica. */
const SERIF =
  "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 " +
  "921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 " +
  "333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541";
const SANS =
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 " +
  "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 " +
  "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584";
const WIDTHS = { serif: toWidths(SERIF), "sans-serif": toWidths(SANS) };
const MONOSPACE = 0.6;
/** Letters of other alphabets. */
const USUAL = { upper: 0.68, lower: 0.52 };
const MARK = /^\p{M}$/u;
const UPPER = /^\p{Lu}$/u;

/** Width of a character in em where the file's own is not known. */
export function standardWidth(character: string, family: Family): number {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x7f) {
    if (isSpaceless(character) || isHangul(character) || code > 0xffff) return 1;
    if (MARK.test(character)) return 0;
  }
  if (family === "monospace") return MONOSPACE;
  const base = code > 0x7f ? (character.normalize("NFD").codePointAt(0) ?? 0) : code;
  return WIDTHS[family][base - 0x20] ?? (UPPER.test(character) ? USUAL.upper : USUAL.lower);
}

export function toFamily(name: string | undefined): Family {
  return name === "monospace" || name === "serif" ? name : "sans-serif";
}

function toWidths(table: string): readonly number[] {
  return table.split(" ").map((width) => Number(width) / 1000);
}
