import { RADICALS } from "./radicals.ts";

/** What most text is made of, and what needs no folding. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Letters in a compatibility spelling that search and models do not know: mathematical alphabets, ligatures,
 * Arabic and vertical presentation forms, Kangxi radicals, compatibility ideographs, half-width kana. Full-width
 * punctuation, fractions, superscripts and circled digits carry meaning and stay.
 */
const COMPATIBLE =
  /[\u{2F00}-\u{2FD5}\u{F900}-\u{FAFF}\u{FB00}-\u{FDFF}\u{FE10}-\u{FE19}\u{FE30}-\u{FE4F}\u{FE70}-\u{FEFC}\u{FF65}-\u{FF9F}\u{1D400}-\u{1D7FF}]+/gu;
const RADICAL = /[\u2E80-\u2EF3]/g;
/** Symbol and Wingdings bullets, as Word embeds them. */
const PRIVATE_BULLET = /[\uF0A7\uF0B7]/g;
const HYPHEN = /[\u2010\u2011]/g;
/** Zero-width and control characters; joiners (U+200C, U+200D) are spelling in Indic and Arabic scripts and stay. */
const INVISIBLE = /(?!\s)\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
/** A soft hyphen inside a run is a break that was not taken; at the end it is a word division. */
const UNUSED_SOFT_HYPHEN = /\u00AD(?!\s*$)/g;
const WHITE = /\s+/g;

/** The text of one run as it is searched and shown: one spelling per letter, single spaces, nothing invisible. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(INVISIBLE, "")
    .replace(UNUSED_SOFT_HYPHEN, "")
    .replace(HYPHEN, "-")
    .replace(COMPATIBLE, (letters) => letters.normalize("NFKC"))
    .replace(RADICAL, (radical) => RADICALS.get(radical) ?? radical)
    .replace(PRIVATE_BULLET, "•")
    .normalize("NFC")
    .replace(WHITE, " ");
}
