import type { CharOffset } from "../model.ts";
import { BEFORE_NUMBER, GERMAN_MONTHS, NEVER_FINAL } from "./abbreviations.ts";
import { isSpace, splitsPair } from "./characters.ts";

/** Stops that need white space behind them, for they also stand in numbers, addresses and ellipses. */
const NARROW = ".!?…․．";
/** Stops that end a sentence wherever they stand. */
const WIDE = "。！？；｡‼⁇⁈⁉؟۔।॥։።។៕";
/** Every character a sentence can end with, for use in a character class. */
export const STOPS = NARROW + WIDE;

const CLOSERS = ")]）］】\"'”’»›」』》〉}｝";
/** Closing in German („so.“), opening elsewhere: closing only where white space follows. */
const CLOSERS_BEFORE_SPACE = "“‘";
const OPENERS = "([（［【\"'“‘„‚«‹「『《〈{｛¿¡*•–—-";
/** Reference marks directly behind the stop: `shown.[3, 4] The`. */
const REFERENCE = /(?:\[\d{1,3}(?: ?[,–-] ?\d{1,3}){0,8}\]|[¹²³⁰⁴-⁹])+/y;
/** `1`, `2.3`, `a`, `iv` at the start of a sentence is a number of a list or heading. */
const ENUMERATOR = /^[([]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-z]|[ivx]{1,5})$/i;
const LONGEST_ENUMERATOR = 20;
/** The word before a stop, as far back as an abbreviation can be long. */
const WORD_BEFORE = /[\p{L}\p{M}\p{N}.]+$/u;
const LONGEST_ABBREVIATION = 16;
const INITIALS = /^\p{L}\p{M}*(?:\.\p{L}\p{M}*)*$/u;
const CASED = /^[\p{Ll}\p{Lu}\p{Lt}]/u;
const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
/** How far a look past white space or openers goes: beyond any real text, and it keeps the scan linear. */
const LOOK = 64;

/** The end of a stop that begins at `at`: more stops, closing quotes and brackets, reference marks. */
export function endOfStop(text: string, at: CharOffset): CharOffset {
  let end = at;
  for (; end < text.length; end++) {
    const mark = text.charAt(end);
    if (STOPS.includes(mark) || CLOSERS.includes(mark)) continue;
    if (CLOSERS_BEFORE_SPACE.includes(mark) && followedBySpace(text, end)) continue;
    break;
  }
  REFERENCE.lastIndex = end;
  if (REFERENCE.test(text) && followedBySpace(text, REFERENCE.lastIndex - 1)) return REFERENCE.lastIndex;
  return end;
}

/** Whether the stop from `at` to `end` ends the sentence that began at `start`. When in doubt it does not. */
export function endsSentence(text: string, start: CharOffset, at: CharOffset, end: CharOffset): boolean {
  if (end >= text.length) return true;
  const next = text.charAt(end);
  for (let i = at; i < end; i++) if (WIDE.includes(text.charAt(i))) return !"，、：,:".includes(next);
  if (!isSpace(next.charCodeAt(0))) return EAST_ASIAN.test(next) && EAST_ASIAN.test(text.charAt(at - 1));

  const following = firstAfter(text, end);
  if (/^\p{Ll}/u.test(following)) return false;
  const single = text.charAt(at) === "." && !STOPS.includes(text.charAt(at + 1));
  return !single || !isAbbreviation(text, start, at, following);
}

function isAbbreviation(text: string, start: CharOffset, at: CharOffset, following: string): boolean {
  const soFar = text.slice(Math.max(start, at - LONGEST_ENUMERATOR), at).trim();
  if (at - start <= LONGEST_ENUMERATOR && ENUMERATOR.test(soFar)) return true;
  const word = WORD_BEFORE.exec(text.slice(Math.max(start, at - LONGEST_ABBREVIATION), at))?.[0];
  if (word === undefined) return false;
  if (INITIALS.test(word) && CASED.test(word)) return true;
  if (/^\d{1,2}$/.test(word)) return GERMAN_MONTHS.has(/^\p{L}+/u.exec(following)?.[0] ?? "");
  const lower = word.toLowerCase();
  return NEVER_FINAL.has(lower) || (BEFORE_NUMBER.has(lower) && /^[\d([]/.test(following));
}

/** The text after white space and opening marks, long enough for a month's name. */
function firstAfter(text: string, end: CharOffset): string {
  const limit = Math.min(text.length, end + LOOK);
  let from = end;
  while (from < limit && isSpace(text.charCodeAt(from)) && text.charAt(from) !== "\n") from++;
  const bare = from;
  while (from < limit && OPENERS.includes(text.charAt(from))) from++;
  const letters = text.slice(from, from + 10);
  return /^[\p{L}]/u.test(letters) ? letters : text.slice(bare, bare + 10);
}

function followedBySpace(text: string, at: CharOffset): boolean {
  return at + 1 >= text.length || isSpace(text.charCodeAt(at + 1));
}

/** A paragraph whose last line says so much is running text: titles, labels and cells are shorter. */
const RUNNING = { characters: 60, eastAsian: 20 };
/** Scripts without small letters that end their sentences with a stop; Thai and its neighbours have none. */
const CASELESS = /^(?!\p{Lu}|\p{Ll}|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\p{L}/u;
const LETTER = /^\p{L}/u;
const SMALL_WORD = /(?<![\p{L}\p{N}'’-])\p{Ll}[\p{L}'’-]*$/u;

/**
 * Whether a sentence runs over the page break at `at`: the page before stops without a stop, and the next one begins
 * with a small letter, or the page before ends with a comma, colon or dash; in running text also where a letter of a
 * script without small letters meets another, or a word a name or number ("after | July 1").
 */
export function goesOnOverPage(text: string, at: CharOffset): boolean {
  return goesOnTo(text, at, at + 1);
}

/** The same where something else, a footnote or a table, stands at the end or head of a page. */
export function goesOnTo(text: string, end: CharOffset, start: CharOffset): boolean {
  if (goesOn(text, end, start)) return true;
  const { before, after } = around(text, end, start);
  const last = text.slice(splitsPair(text, before) ? before - 1 : before, before + 1);
  const next = text.slice(after, after + 2);
  if (!LETTER.test(last) || !isRunning(text, before + 1)) return false;
  if (CASELESS.test(last)) return CASELESS.test(next);
  // A name at the end may sign a letter or stand over the next page.
  return SMALL_WORD.test(text.slice(Math.max(0, before - LOOK), before + 1)) && /^[\p{Lu}\p{N}]/u.test(next);
}

/** Whether the sentence that stops at `end` plainly goes on at `start`, with something else, a footnote, between. */
export function goesOn(text: string, end: CharOffset, start: CharOffset): boolean {
  const { before, after } = around(text, end, start);
  const last = text.charAt(before);
  const isSmall = /^\p{Ll}/u.test(text.slice(after, after + 2));
  if (last === "" || STOPS.includes(last)) return false;
  // "the Internal Revenue (IRS) | and", but not "(it was.)", nor a quotation that may be whole.
  if (CLOSERS.includes(last)) return isSmall && ")]）］".includes(last) && !STOPS.includes(text.charAt(before - 1));
  return ",，、;:：–—-".includes(last) || isSmall;
}

/** The last character before `end` and the first from `start` on that are not white space. */
function around(text: string, end: CharOffset, start: CharOffset): { before: CharOffset; after: CharOffset } {
  let before = end - 1;
  while (before >= 0 && end - before < LOOK && isSpace(text.charCodeAt(before))) before--;
  let after = start;
  while (after < text.length && after - start < LOOK && isSpace(text.charCodeAt(after))) after++;
  return { before, after };
}

function isRunning(text: string, end: CharOffset): boolean {
  const line = text.slice(Math.max(0, end - RUNNING.characters), end);
  const own = line.slice(line.lastIndexOf("\n") + 1);
  if (own.length >= RUNNING.characters) return true;
  return EAST_ASIAN.test(own.slice(-1)) && own.length >= RUNNING.eastAsian;
}
