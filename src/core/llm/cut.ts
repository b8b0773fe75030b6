import type { ChatMessage } from "./port.ts";
import type { TokenCount } from "../model.ts";

const WIDE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
/** Writing without spaces counts by characters; nothing else is a word of more than 24, or a cut might take away nothing. */
const WORD = new RegExp(`[${WIDE}]|[^\\s${WIDE}]{1,24}`, "gu");

export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

/** The first `words` words; the text itself where it has no more. */
export function firstWords(text: string, words: number): string {
  let left = words;
  for (const match of text.matchAll(WORD)) {
    if (left === 0) return `${text.slice(0, match.index).trimEnd()} …`;
    left -= 1;
  }
  return text;
}

const WIDE_LETTER = new RegExp(`[${WIDE}]`, "gu");
const CHARACTERS_PER_TOKEN = 3.6;
/** What frames a message: roles and separators. */
const PER_MESSAGE = 4;

/** For models whose tokenizer is not at hand: right or above for English, within a third for most languages. */
export function estimateTokens(text: string): TokenCount {
  const wide = text.match(WIDE_LETTER)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / CHARACTERS_PER_TOKEN);
}

export function estimatePrompt(messages: readonly ChatMessage[]): TokenCount {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + estimateTokens(content), 0);
}
