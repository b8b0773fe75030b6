import type { CharOffset, TokenCount } from "../model.ts";
import { IDEOGRAPH, SPACE } from "./characters.ts";
import { graphemes } from "./graphemes.ts";
import { cutGiant } from "./giant-word.ts";
import type { TokenCounter } from "./token-counter.ts";

/** A piece that is never cut: a word, one ideograph, what stands between ideographs, or a piece of a giant word. */
export interface Atom {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly tokens: TokenCount;
  /** A further piece of a giant word: its tokens may not be added to those of the piece before. */
  readonly glued: boolean;
}

/** The most one atom, and one unit of packing, may hold. */
export interface AtomLimits {
  readonly tokens: TokenCount;
  readonly chars: number;
}

const WORD = new RegExp(`[^${SPACE}]+`, "g");
const HAS_IDEOGRAPH = new RegExp(`[${IDEOGRAPH}]`, "u");
const BARE_IDEOGRAPH = new RegExp(`^[${IDEOGRAPH}]$`, "u");
/** Words in which every character is a grapheme: ideographs, kana, ASCII, East Asian punctuation and full width. */
const PLAIN =
  /^[\x21-\x7e\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d]+$/;
const PLAIN_PARTS = /[\u3400-\u4dbf\u4e00-\u9fff]|[^\u3400-\u4dbf\u4e00-\u9fff]+/g;

/** The atoms of `text` from `start` to `end` that hold at least one token, in order. */
export function atomsOf(
  text: string,
  start: CharOffset,
  end: CharOffset,
  counter: TokenCounter,
  limits: AtomLimits,
): Atom[] {
  const atoms: Atom[] = [];
  const add = (from: CharOffset, to: CharOffset): void => {
    if (to - from > limits.chars) {
      atoms.push(...cutGiant(text, from, to, counter, limits));
      return;
    }
    const piece = text.slice(from, to);
    const tokens = counter.count(piece);
    if (tokens > limits.tokens) atoms.push(...cutGiant(text, from, to, counter, limits));
    else if (tokens > 0 && piece.trim() !== "") atoms.push({ start: from, end: to, tokens, glued: false });
  };
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const from = start + match.index;
    const word = match[0];
    if (!HAS_IDEOGRAPH.test(word)) add(from, from + word.length);
    else if (PLAIN.test(word))
      for (const part of word.matchAll(PLAIN_PARTS)) add(from + part.index, from + part.index + part[0].length);
    else for (const [partStart, partEnd] of ideographRuns(text, from, from + word.length)) add(partStart, partEnd);
  }
  return atoms;
}

/**
 * Ideographs one by one and the runs between them, never cut inside a grapheme. An ideograph that carries
 * marks stays in its run: only beside a bare ideograph may token counts be added.
 */
function* ideographRuns(text: string, start: CharOffset, end: CharOffset): Generator<[CharOffset, CharOffset]> {
  let run = start;
  for (const [from, to] of graphemes(text, start, end)) {
    if (!BARE_IDEOGRAPH.test(text.slice(from, to))) continue;
    if (from > run) yield [run, from];
    yield [from, to];
    run = to;
  }
  if (end > run) yield [run, end];
}
