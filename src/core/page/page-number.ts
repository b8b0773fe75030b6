const DIGITS = /\d{1,4}/;
const ROMAN = /^m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/i;
/** `12`, `– 12 –`, `xiv`, `Page 3 of 9`, `3/9`, `第 3 页`, `- ٣ -`. */
const ALONE =
  /^[-–—|·•[(\s]*(?:(?:page|seite|p\.|s\.|página|pagina|стр\.?|страница|第|صفحة|עמוד)\s*)?(\d{1,4}|[ivxlcdm]{1,8})(?:\s*(?:\/|\||of|von|de|sur|di|из|共)\s*\d{1,4})?(?:\s*(?:页|頁|ページ|쪽|페이지))?[-–—|·•\])\s.]*$/iu;
/** First digits of the decimal scripts that page numbers are printed in. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];
const OTHER_DIGIT = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u0E50-\u0E59\uFF10-\uFF19]/g;
const ROMAN_VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };

/** The number of a line that is nothing but a page number; else null. */
export function pageNumber(text: string): { readonly value: number; readonly roman: boolean } | null {
  const written = ALONE.exec(text.replace(OTHER_DIGIT, toAscii))?.[1];
  if (written === undefined) return null;
  if (DIGITS.test(written)) return { value: Number(written), roman: false };
  return ROMAN.test(written) ? { value: romanValue(written), roman: true } : null;
}

/** The value of a Roman numeral in either case. */
export function romanValue(numeral: string): number {
  const values = Array.from(numeral.toLowerCase(), (letter) => ROMAN_VALUES[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}

function toAscii(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code < first + 10) ?? code;
  return String(code - zero);
}
