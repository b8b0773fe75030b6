/** Accents that TeX draws as characters of their own, over or under a letter, and the combining mark of each. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ["`", "\u0300"],
  ["´", "\u0301"],
  ["ˆ", "\u0302"],
  ["˜", "\u0303"],
  ["¯", "\u0304"],
  ["˘", "\u0306"],
  ["˙", "\u0307"],
  ["¨", "\u0308"],
  ["˚", "\u030A"],
  ["˝", "\u030B"],
  ["ˇ", "\u030C"],
  ["¸", "\u0327"],
  ["˛", "\u0328"],
]);
const DOTLESS: ReadonlyMap<string, string> = new Map([
  ["ı", "i"],
  ["ȷ", "j"],
]);

/** The letter that carries the accent; null where `accent` is none or no such letter exists. */
export function accented(letter: string, accent: string): string | null {
  const mark = MARKS.get(accent);
  if (mark === undefined || letter.length !== 1) return null;
  const composed = ((DOTLESS.get(letter) ?? letter) + mark).normalize("NFC");
  return composed.length === 1 ? composed : null;
}
