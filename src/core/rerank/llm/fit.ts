import type { ChatMessage } from "../../llm/port.ts";
import type { TokenCount } from "../../model.ts";

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
