import type { CharOffset } from "../model.ts";
import { RADICALS } from "./radicals.ts";

/** What most text is made of, and what needs no folding. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Letters in a compatibility spelling that search and models do not know: mathematical alphabets, ligatures,
 * Arabic and vertical presentation forms, Kangxi radicals, compatibility ideographs, half-width kana. Full-width
 * punctuation, fractions, superscripts and circled digits carry meaning and stay.
 */
const COMPATIBLE =
  /[\u{2F00}-\u{2FD5}\u{F900}-\u{FAFF}\u{FB00}-\u{FDFF}\u{FE10}-\u{FE19}\u{FE30}-\u{FE48}\u{FE4D}-\u{FE4F}\u{FE70}-\u{FEFC}\u{FF65}-\u{FF9F}\u{1D400}-\u{1D7FF}]+/gu;
/** Isolated Arabic vowel signs stand on a space of their own, which parts the word that they belong to. */
const ISOLATED_SIGN = /[\uFC5E-\uFC63\uFE70\uFE72\uFE74\uFE76\uFE78\uFE7A\uFE7C\uFE7E]/g;
const RADICAL = /[\u2E80-\u2EF3]/g;
/** Symbol and Wingdings bullets, as Word embeds them. */
const PRIVATE_BULLET = /[\uF0A7\uF0B7]/g;
const HYPHEN = /[\u2010\u2011]/g;
/**
 * A justified line of ideographs that the engine took for words of one letter: "时 候 ， 摆". From four letters on,
 * since two or three may be a title that is set wide, and "一 绪论" is a number and a title.
 */
const ALONE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60]`;
const STRETCHED = `(?<=${ALONE}) (?=${ALONE} ${ALONE} ${ALONE})|(?<=${ALONE} ${ALONE}) (?=${ALONE} ${ALONE})|(?<=${ALONE} ${ALONE} ${ALONE}) (?=${ALONE})`;
/**
 * Zero-width and control characters; joiners (U+200C, U+200D) are spelling in Indic and Arabic scripts and stay.
 * White space before an Arabic sign is the engine's. A soft hyphen inside a run is a break that was not taken; at the end it is a word division.
 */
const DROPPED = new RegExp(
  String.raw`${STRETCHED}|(?!\s)\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\u00AD(?!\s*$)|(?<! ) +(?=[\u064B-\u0655\uFC5E-\uFC63\uFE70-\uFE7F])`,
  "gu",
);
/**
 * A run of nothing but single capitals, or one and small letters: a title set wide, "W A T E R", where the engine took the
 * tracking for word spaces. From four letters on: "A B C" may be a list.
 */
const TRACKED = /^\s*\p{Lu}(?:(?: \p{Lu}){3,}|(?: \p{Ll}){3,})\s*$/u;
const TRACKING = /(?<=\S) (?=\S)/g;
const WHITE = /\s+/g;
/**
 * What folds as one: white space, or a character with the marks that compose with it (combining marks, Hangul vowels
 * and finals, Arabic signs and half-width sound marks in their compatibility spelling).
 */
const UNIT = /\s+|[^\s](?:[\p{M}\u1160-\u11FF\uD7B0-\uD7FF\uFC5E-\uFC63\uFE70-\uFE7F\uFF9E\uFF9F])*/gu;

/** The text of one run as it is searched and shown: one spelling per letter, single spaces, nothing invisible. */
export function fold(text: string): string {
  if (TRACKED.test(text)) return spell(text.replace(TRACKING, ""));
  return PLAIN.test(text) ? text : spell(text.replace(DROPPED, ""));
}

function spell(text: string): string {
  return text
    .replace(HYPHEN, "-")
    .replace(ISOLATED_SIGN, (sign) => sign.normalize("NFKC").trimStart())
    .replace(COMPATIBLE, (letters) => letters.normalize("NFKC"))
    .replace(RADICAL, (radical) => RADICALS.get(radical) ?? radical)
    .replace(PRIVATE_BULLET, "•")
    .normalize("NFC")
    .replace(WHITE, " ");
}

/** Equal lengths: characters pair off one by one. Else one unit: a ligature and its letters. */
export interface Piece {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly sourceStart: CharOffset;
  readonly sourceEnd: CharOffset;
}

export interface Folded {
  /** Without white space at its ends; "" where nothing visible is left. */
  readonly text: string;
  /** Ascending, without gaps in the text. */
  readonly pieces: readonly Piece[];
  /** Whether white space was cut off before and behind. */
  readonly spaceBefore: boolean;
  readonly spaceAfter: boolean;
}

/** Folds a run's text and says where each character of the result comes from. */
export function foldRun(source: string): Folded {
  const folded = fold(source);
  const text = folded.trim();
  const spaceBefore = folded.startsWith(" ");
  const spaceAfter = folded.endsWith(" ");
  if (text === "") return { text, pieces: [], spaceBefore, spaceAfter };
  if (folded !== source) return { ...piecewise(source), spaceBefore, spaceAfter };
  const cut = spaceBefore ? 1 : 0;
  const whole = { start: 0, end: text.length, sourceStart: cut, sourceEnd: cut + text.length };
  return { text, pieces: [whole], spaceBefore, spaceAfter };
}

function piecewise(source: string): Pick<Folded, "text" | "pieces"> {
  const { kept, offsets } = withoutDropped(source);
  const first = kept.length - kept.trimStart().length;
  const pieces: Piece[] = [];
  let text = "";
  let paired = false;
  for (const { 0: unit, index } of kept.trim().matchAll(UNIT)) {
    const spelled = spell(unit);
    const sourceStart = offsets[first + index] ?? 0;
    const sourceEnd = (offsets[first + index + unit.length - 1] ?? 0) + 1;
    const piece = { start: text.length, end: text.length + spelled.length, sourceStart, sourceEnd };
    text += spelled;
    const last = pieces.at(-1);
    const pairs = (spelled === unit || spelled.length === 1) && sourceEnd - sourceStart === spelled.length;
    if (last !== undefined && pairs && paired && last.sourceEnd === sourceStart) {
      pieces[pieces.length - 1] = { ...last, end: piece.end, sourceEnd };
    } else {
      pieces.push(piece);
    }
    paired = pairs;
  }
  return { text, pieces };
}

/** What is left without the dropped characters, and where each of the rest stood. */
function withoutDropped(source: string): { readonly kept: string; readonly offsets: readonly CharOffset[] } {
  const offsets: CharOffset[] = [];
  let kept = "";
  let from = 0;
  const keep = (to: CharOffset): void => {
    kept += source.slice(from, to);
    for (let at = from; at < to; at += 1) offsets.push(at);
  };
  for (const { 0: dropped, index } of source.matchAll(TRACKED.test(source) ? TRACKING : DROPPED)) {
    keep(index);
    from = index + dropped.length;
  }
  keep(source.length);
  return { kept, offsets };
}
