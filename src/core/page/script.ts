/** Han, kana and their punctuation: written without spaces, so a line break between two of them means nothing. */
const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\u30FC\uFF00-\uFF60\uFFE0-\uFFE6]$/u;
const UNPARTED = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const HANGUL = /^\p{Script=Hangul}$/u;
const LOWER = /^\p{Ll}$/u;
/** End of a sentence or a lead-in, with closing quotes and brackets. */
const TERMINAL = /[.!?:;…。！？：；؟۔।]["'”’»)\]」』）》】]*$/;

export function isSpaceless(character: string): boolean {
  return character >= "\u2E80" && SPACELESS.test(character);
}

/** Thai, Lao, Khmer, Burmese: spaces part sentences there, and lines end between words. */
export function isUnparted(character: string): boolean {
  return character >= "\u0E00" && UNPARTED.test(character);
}

export function isHangul(character: string): boolean {
  return character >= "\u1100" && HANGUL.test(character);
}

export function startsLower(text: string): boolean {
  return LOWER.test(firstCharacter(text));
}

export function endsSentence(text: string): boolean {
  return TERMINAL.test(text);
}

/** The first code point, "" of an empty text. */
export function firstCharacter(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** The last code point, "" of an empty text. */
export function lastCharacter(text: string): string {
  const pair = /[\uD800-\uDBFF][\uDC00-\uDFFF]$/.exec(text);
  return pair === null ? text.slice(-1) : pair[0];
}
