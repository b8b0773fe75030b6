import type { CharOffset } from "../../model.ts";

/** What Python's `\s` and `str.strip` take as white space; JavaScript's `\s` adds U+FEFF and lacks U+001C to U+001F and U+0085. */
export const PY_SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const SPACE = new RegExp(`[${PY_SPACE}]`);

/** Part of a text. */
export interface Range {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** The range without the white space around it, or null where nothing is left. */
export function stripped(text: string, { start, end }: Range): Range | null {
  let from = start;
  let to = end;
  while (from < to && SPACE.test(text.charAt(from))) from++;
  while (to > from && SPACE.test(text.charAt(to - 1))) to--;
  return from < to ? { start: from, end: to } : null;
}

/** The range cut in front of each `separator`, without empty parts. */
export function cutBefore(text: string, { start, end }: Range, separator: string): Range[] {
  const parts: Range[] = [];
  // A slice, so that no search runs on behind the range: that would be quadratic.
  const part = text.slice(start, end);
  let from = 0;
  for (let at = part.indexOf(separator); at >= 0; at = part.indexOf(separator, at + separator.length)) {
    if (at > from) parts.push({ start: start + from, end: start + at });
    from = at;
  }
  if (start + from < end) parts.push({ start: start + from, end });
  return parts;
}

/** The range code point by code point: Python's characters. */
export function codePoints(text: string, { start, end }: Range): Range[] {
  const parts: Range[] = [];
  for (let at = start; at < end;) {
    const to = Math.min(end, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
    parts.push({ start: at, end: to });
    at = to;
  }
  return parts;
}
