import type { CharOffset, Page, PageIndex } from "#core/model.ts";

/** `end` is exclusive; both in the page's text. */
export interface Match {
  readonly page: PageIndex;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

interface Folded {
  readonly text: string;
  /** Where each unit of the folded text begins in the page's text, and the length at the end; null = the same place. */
  readonly origins: Uint32Array | null;
}

/** More than anybody steps through; beyond it only "more than" is said. */
export const MOST_MATCHES = 10_000;

const PLAIN = /^(?:[\x21-\x7e]|\s(?!\s))*$/;
/** Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs; elsewhere marks are letters. */
const ACCENT = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const WHITE = /\s/;
const DASH = /[\u2010-\u2015\u2212]/;
const QUOTES: Readonly<Record<string, string>> = { "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"' };

const folds = new Map<string, string>();

/** One letter without case, accent and compatibility spelling. */
function foldLetter(letter: string): string {
  let folded = folds.get(letter);
  if (folded === undefined) {
    folded = DASH.test(letter)
      ? "-"
      : (QUOTES[letter] ?? letter.normalize("NFKD").replace(ACCENT, "").normalize("NFC").toLowerCase());
    folds.set(letter, folded);
  }
  return folded;
}

/** The text as it is searched: case, accents and the kind of white space do not count. */
function fold(text: string): Folded {
  if (PLAIN.test(text)) return { text: text.toLowerCase().replaceAll(/\s/g, " "), origins: null };
  const parts: string[] = [];
  const origins: number[] = [];
  let at = 0;
  let inWhite = false;
  for (const letter of text) {
    const isWhite = WHITE.test(letter);
    if (!isWhite || !inWhite) {
      const folded = isWhite ? " " : foldLetter(letter);
      parts.push(folded);
      for (let i = 0; i < folded.length; i++) origins.push(at);
    }
    inWhite = isWhite;
    at += letter.length;
  }
  return { text: parts.join(""), origins: Uint32Array.from([...origins, at]) };
}

const cache = new WeakMap<Page, Folded>();

function foldedPage(page: Page): Folded {
  let folded = cache.get(page);
  if (folded === undefined) {
    folded = fold(page.text);
    cache.set(page, folded);
  }
  return folded;
}

/** The query as it is searched; empty where there is nothing to look for. */
export function foldQuery(query: string): string {
  return fold(query.trim()).text;
}

/** Where a folded query stands on a page, in text order, without overlaps. */
export function findOnPage(page: Page, query: string): Match[] {
  const matches: Match[] = [];
  if (query === "") return matches;
  const { text, origins } = foldedPage(page);
  for (let at = text.indexOf(query); at !== -1; at = text.indexOf(query, at + query.length)) {
    const start = origins === null ? at : origins[at]!;
    const end = origins === null ? at + query.length : endOf(origins, at + query.length, page.text);
    matches.push({ page: page.index, start, end });
  }
  return matches;
}

/** The end of the letter that the unit before `at` came from, with the accents that follow it. */
function endOf(origins: Uint32Array, at: number, text: string): CharOffset {
  const last = origins[at - 1]!;
  let next = at;
  while (next < origins.length - 1 && origins[next] === last) next += 1;
  let end = origins[next]!;
  // White space that was folded away belongs to neither side.
  while (end > last + 1 && WHITE.test(text[end - 1]!)) end -= 1;
  return end;
}
