import type { ChatMessage } from "../../llm/port.ts";
import type { TokenCount } from "../../model.ts";

/** Writing without spaces counts by characters, everything else by words. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** The first `words` words on one line; the text itself, on one line, where it has no more. */
export function firstWords(text: string, words: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  let left = words;
  for (const match of line.matchAll(WORD)) {
    if (left === 0) return line.slice(0, match.index).trimEnd();
    left -= 1;
  }
  return line;
}

/** `[12]` as `(12)`: in a text that is shown under identifiers in brackets it would be taken for one. */
export function withoutIdentifiers(text: string): string {
  return text.replaceAll(/\[(\d{1,4}|[A-Z])\]/g, "($1)");
}

/** Han, kana, hangul: about a token each; of other writing about four characters make one. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const CHARACTERS_PER_TOKEN = 3.6;
/** What frames a message: roles and separators. */
const PER_MESSAGE = 4;

/** For models whose tokenizer is not at hand; on the safe side for English, within a third for most languages. */
export function estimateTokens(text: string): TokenCount {
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / CHARACTERS_PER_TOKEN);
}

export function estimatePrompt(messages: readonly ChatMessage[]): TokenCount {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + estimateTokens(content), 0);
}

/** Below this many words a passage says nothing any more. */
export const FLOOR_WORDS = 16;

export interface Fitted {
  readonly messages: readonly ChatMessage[];
  readonly tokens: TokenCount;
  /** Most words of a passage. */
  readonly words: number;
}

/**
 * Shortens passages until a prompt fits: rank_llm's loop (words −= overflow / 4n, one at least), which stops at FLOOR_WORDS.
 *
 * @param passages how many the prompt shows
 * @param budget in tokens; null: whatever it is
 * @returns null where it does not fit with the shortest passages either
 */
export async function fitted(
  build: (words: number) => readonly ChatMessage[],
  count: (messages: readonly ChatMessage[]) => TokenCount | Promise<TokenCount>,
  passages: number,
  most: number,
  budget: TokenCount | null,
): Promise<Fitted | null> {
  for (let words = most; ;) {
    const messages = build(words);
    const tokens = await count(messages);
    if (budget === null || tokens <= budget) return { messages, tokens, words };
    if (words <= FLOOR_WORDS) return null;
    const less = Math.max(1, Math.floor((tokens - budget) / (4 * Math.max(1, passages))));
    words = Math.max(FLOOR_WORDS, words - less);
  }
}
