import type { CharOffset } from "../model.ts";

/** Letters and digits of a text, in one spelling, and where each of them stands in it. */
export interface Letters {
  readonly text: string;
  /** For each unit of `text`, where its letter begins; the length of the source at the end. */
  readonly origins: Uint32Array;
  readonly source: string;
}

const LETTER = /[\p{L}\p{N}]/u;
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
/** Written without spaces between words, so that a quote may begin and end anywhere. */
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const folds = new Map<string, string>();

function foldLetter(letter: string): string {
  let folded = folds.get(letter);
  if (folded === undefined) {
    folded = LETTER.test(letter) ? letter.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase() : "";
    folded = Array.from(folded)
      .filter((one) => LETTER.test(one))
      .join("");
    folds.set(letter, folded);
  }
  return folded;
}

/** Case, accents, white space, hyphens and punctuation do not count: files are quoted from other extractions of the same page. */
export function lettersOf(source: string): Letters {
  const parts: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const letter of source) {
    const folded = foldLetter(letter);
    parts.push(folded);
    for (let i = 0; i < folded.length; i++) origins.push(at);
    at += letter.length;
  }
  origins.push(source.length);
  return { text: parts.join(""), origins: Uint32Array.from(origins), source };
}

/** How much a quote says: letters and digits, dense scripts twice. */
export function weightOf(quote: string): number {
  let weight = 0;
  for (const letter of quote) if (LETTER.test(letter)) weight += DENSE.test(letter) ? 2 : 1;
  return weight;
}

export interface Span {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** Where a quote stands, in text order, only as whole words, at most `most` times. */
export function findQuote(letters: Letters, quote: string, most: number): Span[] {
  const found: Span[] = [];
  if (quote === "") return found;
  for (
    let at = letters.text.indexOf(quote);
    at !== -1 && found.length < most;
    at = letters.text.indexOf(quote, at + 1)
  ) {
    const span = spanOf(letters, at, at + quote.length);
    if (span !== null) found.push(span);
  }
  return found;
}

/** Letters at both ends that must be there when the middle of a long quote reads otherwise. */
const ANCHOR = 48;
/** The passage may be longer or shorter than the quote by this share: footnotes and headers stand in one of them. */
const STRETCH = 0.3;

/** A long quote by its beginning and its end (rule T5), else null. */
export function findByEnds(letters: Letters, quote: string): Span | null {
  if (quote.length < 3 * ANCHOR) return null;
  const first = quote.slice(0, ANCHOR);
  const last = quote.slice(-ANCHOR);
  for (let at = letters.text.indexOf(first); at !== -1; at = letters.text.indexOf(first, at + 1)) {
    const shortest = at + Math.floor(quote.length * (1 - STRETCH)) - ANCHOR;
    const end = letters.text.indexOf(last, Math.max(at + ANCHOR, shortest));
    if (end === -1) return null;
    if (end + ANCHOR - at > quote.length * (1 + STRETCH)) continue;
    const span = spanOf(letters, at, end + ANCHOR);
    if (span !== null) return span;
  }
  return null;
}

/** The place in the source; null where it would begin or end inside a word, or inside a letter that folds to several. */
function spanOf({ origins, source }: Letters, from: number, to: number): Span | null {
  const start = origins[from]!;
  const last = origins[to - 1]!;
  if ((from > 0 && origins[from - 1] === start) || origins[to] === last) return null;
  const end = last + String.fromCodePoint(source.codePointAt(last)!).length;
  const before = lastLetter(source, start);
  const after = end < source.length ? String.fromCodePoint(source.codePointAt(end)!) : "";
  const isWhole = (inside: string, outside: string): boolean =>
    !LETTER.test(outside) || DENSE.test(outside) || DENSE.test(inside);
  const first = String.fromCodePoint(source.codePointAt(start)!);
  return isWhole(first, before) && isWhole(source.slice(last, end), after) ? { start, end } : null;
}

function lastLetter(source: string, end: number): string {
  return end === 0 ? "" : (Array.from(source.slice(Math.max(0, end - 2), end)).at(-1) ?? "");
}
