import { EngineError } from "#core/base/errors.ts";
import { looksLikeText, wideOrder } from "#core/page/format-of.ts";
import { guessEncoding } from "./guess.ts";

export interface Decoded {
  readonly text: string;
  /** Name of the encoding where nothing in the file says it and UTF-8 it is not, else null. */
  readonly guessed: string | null;
}

/** Where browsers look for a page's own statement. */
const META_WITHIN = 1024;
const META_CHARSET = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i;

/**
 * Bytes → text: a byte order mark, what an HTML page says of itself, UTF-8 if every byte agrees, else a guess.
 * @throws FILE_NOT_PDF for bytes that are no text
 */
export function decode(bytes: Uint8Array, isHtml: boolean): Decoded {
  const marked = markOf(bytes);
  if (marked !== null) return { text: lenient(bytes, marked), guessed: null };
  const stated = isHtml ? statedIn(bytes) : null;
  const told = stated === null ? null : strict(bytes, stated);
  if (told !== null) return { text: told, guessed: null };
  const wide = wideOrder(bytes);
  if (wide !== null) return { text: lenient(bytes, `utf-16${wide}`), guessed: `utf-16${wide}` };
  if (!looksLikeText(bytes)) throw new EngineError("FILE_NOT_PDF", "control characters");
  const plain = strict(bytes, "utf-8");
  if (plain !== null) return { text: plain, guessed: null };
  const guessed = guessEncoding(bytes);
  return { text: lenient(bytes, guessed), guessed };
}

function markOf([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  return a === 0xfe && b === 0xff ? "utf-16be" : null;
}

function statedIn(bytes: Uint8Array): string | null {
  const found = META_CHARSET.exec(lenient(bytes.subarray(0, META_WITHIN), "latin1"));
  const label = (found?.[1] ?? found?.[2])?.toLowerCase() ?? null;
  // Read as single bytes, the statement cannot be true: the standard reads it as UTF-8.
  return label?.startsWith("utf-16") ? "utf-8" : label;
}

/** null where the label is unknown or a byte contradicts it. */
function strict(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function lenient(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes);
}
