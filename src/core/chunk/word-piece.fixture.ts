/**
 * A tokenizer with BERT's shape for tests: control characters deleted, white space and ideographs and
 * punctuation set apart, 4 letters a token, a word of more than 100 letters is one [UNK].
 */
export function countWordPieces(piece: string): number {
  let tokens = 0;
  const clean = piece.replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cf}]/gu, "");
  const parts =
    /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]|\p{P}|([^\s\p{P}\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]+)/gu;
  for (const [, word] of clean.matchAll(parts)) {
    tokens += word === undefined || word.length > 100 ? 1 : Math.ceil(word.length / 4);
  }
  return tokens;
}
