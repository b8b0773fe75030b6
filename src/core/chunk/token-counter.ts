import type { CharOffset, TokenCount } from "../model.ts";
import { SPACE } from "./characters.ts";

/** Tokens of a piece of text, without special tokens. Pure; additive over white-space-separated words and over single ideographs. */
export type CountTokens = (piece: string) => TokenCount;

/** Longer pieces hardly repeat. */
const LONGEST_CACHED = 40;
/** About 30 MB of entries; only a list of random strings comes here. */
const MOST_CACHED = 200_000;

const WORD = new RegExp(`[^${SPACE}]+`, "g");

/** Counts each distinct word once: re-encoding a 5 MB text piece by piece would take minutes. */
export class TokenCounter {
  readonly #known = new Map<string, TokenCount>();
  readonly #countTokens: CountTokens;

  constructor(countTokens: CountTokens) {
    this.#countTokens = countTokens;
  }

  /** Tokens of one piece without white space in it. */
  count(piece: string): TokenCount {
    if (piece.length > LONGEST_CACHED) return this.#countTokens(piece);
    const known = this.#known.get(piece);
    if (known !== undefined) return known;
    const tokens = this.#countTokens(piece);
    if (this.#known.size >= MOST_CACHED) this.#known.clear();
    this.#known.set(piece, tokens);
    return tokens;
  }

  /** Tokens of any run of text: the sum over its words, each counted whole. */
  measure(text: string, start: CharOffset, end: CharOffset): TokenCount {
    let tokens = 0;
    for (const [word] of text.slice(start, end).matchAll(WORD)) tokens += this.count(word);
    return tokens;
  }
}
