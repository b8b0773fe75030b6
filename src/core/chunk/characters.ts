/**
 * White space that every tokenizer takes as white space: JavaScript's `\s` without vertical tab,
 * form feed and U+FEFF, which BERT's cleaning deletes (so that the letters around them are one word).
 */
export const SPACE = "\\t\\n\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b && code !== 0x0c);
  if (code === 0xa0 || code === 0x3000 || code === 0x1680) return true;
  return code >= 0x2000 && (code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f);
}

/** The ideographs that BERT's pre-tokenizer sets apart, one token each (google-research/bert, `_is_chinese_char`). */
export const IDEOGRAPH =
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{2a6df}\\u{2a700}-\\u{2ceaf}\\u{2f800}-\\u{2fa1f}";

const ideograph = new RegExp(`^[${IDEOGRAPH}]`, "u");

/** Whether the code point that starts (or, as a pair, ends) at `at` is an ideograph. */
export function isIdeographAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x3400) return false;
  const from = splitsPair(text, at) ? at - 1 : at;
  return ideograph.test(text.slice(from, from + 2));
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Whether `at` stands inside a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  if (!isLowSurrogate(text.charCodeAt(at))) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

const extender = /^[\p{M}\p{Gr_Ext}\p{Emoji_Modifier}\u200d]/u;

/** Whether the character at `at` belongs to the grapheme before it (a mark, a joiner, a skin tone). */
export function isExtenderAt(text: string, at: number): boolean {
  return text.charCodeAt(at) >= 0x300 && extender.test(text.slice(at, at + 2));
}
