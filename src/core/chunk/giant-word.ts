import type { CharOffset } from "../model.ts";
import type { Atom, AtomLimits } from "./atoms.ts";
import { splitsPair } from "./characters.ts";
import { firstGraphemeEnd, graphemeStart } from "./graphemes.ts";
import type { TokenCounter } from "./token-counter.ts";

/**
 * Cuts a word that no chunk can hold (a base64 blob, a run of letters without spaces) into pieces
 * within the limits: at graphemes, inside one only where a single grapheme is over the limits.
 * The count of a piece does not grow evenly with its length (WordPiece makes one [UNK] of more than
 * 100 letters), so lengths are tried, halving; the next try starts from twice what fitted last, which
 * keeps the work within a small multiple of the word's length.
 */
export function cutGiant(
  text: string,
  start: CharOffset,
  end: CharOffset,
  counter: TokenCounter,
  limits: AtomLimits,
): Atom[] {
  const atoms: Atom[] = [];
  let guess = limits.chars;
  for (let from = start; from < end;) {
    let length = Math.min(guess, end - from);
    let to = cutAt(graphemeEnd, text, from, length, end);
    let tokens = counter.count(text.slice(from, to));
    const fits = (): boolean => tokens <= limits.tokens && to - from <= limits.chars;
    for (const nearest of [graphemeEnd, codePointEnd]) {
      while (!fits() && length > 0) {
        length = Math.min(length, to - from) >> 1;
        to = cutAt(nearest, text, from, Math.max(1, length), end);
        tokens = counter.count(text.slice(from, to));
      }
      if (fits()) break;
      length = Math.min(limits.chars, to - from);
    }
    if (tokens > 0 && text.slice(from, to).trim() !== "") {
      atoms.push({ start: from, end: to, tokens, glued: from > start });
    }
    guess = Math.min(limits.chars, 2 * (to - from));
    from = to;
  }
  return atoms;
}

type Nearest = (text: string, from: CharOffset, to: CharOffset, end: CharOffset) => CharOffset;

function cutAt(nearest: Nearest, text: string, from: CharOffset, length: number, end: CharOffset): CharOffset {
  return from + length >= end ? end : nearest(text, from, from + length, end);
}

/** The last grapheme end at or before `to`, or the end of the first grapheme where that one is longer. */
function graphemeEnd(text: string, from: CharOffset, to: CharOffset, end: CharOffset): CharOffset {
  // Below U+0300 nothing joins (a word holds no CR LF): the whole cost of a base64 blob.
  if (text.charCodeAt(to) < 0x300 && text.charCodeAt(to - 1) < 0x300) return to;
  const at = graphemeStart(text, from, to, end);
  return at > from ? at : firstGraphemeEnd(text, from, end);
}

function codePointEnd(text: string, from: CharOffset, to: CharOffset): CharOffset {
  if (!splitsPair(text, to)) return to;
  return to - 1 > from ? to - 1 : to + 1;
}
