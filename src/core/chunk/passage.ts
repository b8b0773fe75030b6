import type { Chunk, TokenCount } from "../model.ts";

/** What a 512-token re-ranker reads beside a question of 61 tokens and three special ones; an embedder reads more. */
export const PASSAGE_READS: TokenCount = 448;

/** The CHUNKER_VERSION since which a passage is put together as it is now: vectors of older ones are made of other texts. */
export const PASSAGE_SINCE = 1;

/**
 * What the models read of a chunk: the headings it stands under, then its text. The text comes first where both do
 * not fit: headings are left out from the outermost. Keyword search and the page take `chunk.text` alone.
 */
export function passageText({ headings, text, tokens }: Pick<Chunk, "headings" | "text" | "tokens">): string {
  let room = PASSAGE_READS - tokens;
  const kept: string[] = [];
  for (const heading of headings.toReversed()) {
    room -= mostTokens(heading);
    if (room < 0) break;
    kept.unshift(heading);
  }
  return kept.length === 0 ? text : `${kept.join(" > ")}\n${text}`;
}

/** A token is at least one letter: a bound that needs no tokenizer. One more for the mark behind. */
function mostTokens(heading: string): TokenCount {
  return heading.replaceAll(/\s/g, "").length + 1;
}
