/**
 * Counts pieces as GPT-4's tokenizer parts them before it merges bytes: exact where each piece is one token, as for the
 * short common words here; white space behind a sentence counts, which it does not for our models.
 */
export function countPieces(text: string): number {
  const pieces =
    /'(?:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+/giu;
  return text.match(pieces)?.length ?? 0;
}

export function repeated(word: string, times: number): string {
  return Array<string>(times).fill(word).join(" ");
}
