import { isCompound } from "./compounds.ts";
import type { Line } from "./line.ts";
import { startsLower } from "./script.ts";

/** How often each word stands in the document, lower case; words divided at a line end are not counted. */
export type Vocabulary = ReadonlyMap<string, number>;

/** What to do with a hyphen at a line end: no division here, drop it and join, or keep it and join. */
export type Division = "none" | "drop" | "keep";

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*/gu;
const HEAD = /[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*(?=[-\u00AD]$)/u;
const TAIL = /^[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*/u;

/** English numbers from 21 to 99 stand once in most documents, and are always hyphenated. */
const TENS = /^(?:twen|thir|for|fif|six|seven|eigh|nine)ty$/i;
const UNITS =
  /^(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/i;

/** No word is longer; to look for the last one in all of a long line takes quadratic time. */
const LONGEST = 100;

/** The word before the hyphen that ends a line, and where it begins. */
function headOf(text: string): { readonly word: string; readonly index: number } | null {
  if (!/[-\u00AD]$/.test(text.slice(-1))) return null;
  const match = HEAD.exec(text.slice(-LONGEST));
  return match === null ? null : { word: match[0], index: match.index + Math.max(0, text.length - LONGEST) };
}

/** Counts the words of all lines of a document. */
export function toVocabulary(pages: readonly (readonly Line[])[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    let divided = false;
    for (const { text } of lines) {
      const head = headOf(text);
      const until = head?.index ?? text.length;
      for (const match of text.matchAll(WORD)) {
        if (match.index >= until || (divided && match.index === 0)) continue;
        const word = match[0].toLowerCase();
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      divided = head !== null;
    }
  }
  return counts;
}

/**
 * Whether the hyphen that ends a line divides a word, by the document's own words (45 % → 99 % of sentences whole
 * in our measurement); where they are silent, a lower-case letter after a plain word means a division.
 */
export function divisionOf(before: string, after: string, vocabulary: Vocabulary): Division {
  const head = headOf(before)?.word;
  const tail = head === undefined ? undefined : TAIL.exec(after.slice(0, LONGEST))?.[0];
  if (head === undefined || tail === undefined) return "none";
  if (before.endsWith("\u00AD")) return "drop";
  const joined = vocabulary.get((head + tail).toLowerCase()) ?? 0;
  const hyphenated = vocabulary.get(`${head}-${tail}`.toLowerCase()) ?? 0;
  if (joined !== hyphenated) return joined > hyphenated ? "drop" : "keep";
  if (joined > 0) return "drop";
  // The halves that meet, where either word has hyphens of its own: "open-do-" + "main", "interpreter-" + "to-native".
  const [left, right] = [head.slice(head.lastIndexOf("-") + 1), tail.split("-", 1)[0] ?? ""];
  if ((left !== head || right !== tail) && vocabulary.has((left + right).toLowerCase())) return "drop";
  // Six of six such pairs in eight documents were compounds ("retriever-" + "reader"), none a divided word.
  if (vocabulary.has(left.toLowerCase()) && vocabulary.has(right.toLowerCase())) return "keep";
  if (TENS.test(left) && UNITS.test(right)) return "keep";
  // "state-of-the-" + "art" goes on as it began; digits ("2019-" + "2020") are never divided.
  if (head.includes("-") || /\p{N}$/u.test(head) || !startsLower(tail)) return "keep";
  return isCompound(left, right, vocabulary) ? "keep" : "drop";
}

/** Korean breaks inside words too: whether the two halves are one word of the document. */
export function isOneWord(before: string, after: string, vocabulary: Vocabulary): boolean {
  const head = /[\p{L}\p{N}]+$/u.exec(before.slice(-LONGEST))?.[0] ?? "";
  const tail = TAIL.exec(after.slice(0, LONGEST))?.[0] ?? "";
  return (vocabulary.get((head + tail).toLowerCase()) ?? 0) > 0;
}
