import type { ChunkId } from "../model.ts";

/** A piece of a reply. `text` is what stood there; put together again, they are the reply (rule A4). */
export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "citation"; readonly text: string; readonly n: number; readonly passage: ChunkId }
  /** It points at no passage that was given. */
  | { readonly kind: "struck"; readonly text: string; readonly n: number }
  /** What the model shows of its thinking; `open` while it thinks, or where it was cut off at it. */
  | { readonly kind: "thinking"; readonly text: string; readonly open: boolean }
  /** May become a citation or a tag with what comes next. */
  | { readonly kind: "pending"; readonly text: string };

export interface Parsed {
  readonly segments: readonly Segment[];
  readonly struck: number;
}

const DASH = "[-\u2010-\u2015~]";
const ITEM = `\\d{1,9}(?:\\s{0,2}${DASH}\\s{0,2}\\d{1,9})?`;
const SEPARATOR = "\\s{0,2}(?:[,;，；、&]|and)\\s{0,2}";
const CITED = new RegExp(
  `[[［【]\\s{0,3}(?:passages?\\s{1,2})?(${ITEM}(?:${SEPARATOR}${ITEM})*)\\s{0,3}(?:†[^\\]］】\\n]{0,80})?[\\]］】]`,
  "giu",
);
const PENDING_CITATION = new RegExp(
  `[[［【]\\s{0,3}(?:p[a-z]{0,7}\\s{0,2})?(?:[\\d\\s,;，；、&~and\\-\u2010-\u2015]{0,80}(?:†[^\\]］】\\n]{0,80})?)?$`,
  "iu",
);
const THINKING = /<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/g;
const END_OF_THINKING = /<\/think(?:ing)?>/;
const PENDING_TAG = /<\/?(?:t|th|thi|thin|think|thinki|thinkin|thinking)?$/;

/** @param passages what [1], [2] … stand for; @param done whether nothing more will come */
export function parseAnswer(text: string, passages: readonly ChunkId[], done: boolean): Parsed {
  const segments: Segment[] = [];
  let at = 0;
  const add = (end: number, isLast: boolean): void => {
    segments.push(...citedIn(text.slice(at, end), passages, isLast && !done));
    at = end;
  };
  // Some templates open the thinking themselves, so that the reply shows its end only.
  const first = text.search(END_OF_THINKING);
  if (first >= 0 && text.slice(0, first).search(/<think(?:ing)?>/) < 0) {
    at = first + END_OF_THINKING.exec(text)![0].length;
    segments.push({ kind: "thinking", text: text.slice(0, at), open: false });
  }
  const thoughts = new RegExp(THINKING);
  thoughts.lastIndex = at;
  for (let match = thoughts.exec(text); match !== null; match = thoughts.exec(text)) {
    add(match.index, false);
    at = thoughts.lastIndex;
    segments.push({ kind: "thinking", text: match[0], open: !/<\/think(?:ing)?>$/.test(match[0]) });
  }
  add(text.length, true);
  return { segments, struck: segments.filter(({ kind }) => kind === "struck").length };
}

function citedIn(text: string, passages: readonly ChunkId[], mayGoOn: boolean): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  const plain = (end: number): void => {
    if (end > at) segments.push({ kind: "text", text: text.slice(at, end) });
    at = end;
  };
  for (const match of text.matchAll(CITED)) {
    plain(match.index);
    segments.push(...numbersIn(match[0], match[1]!, passages));
    at = match.index + match[0].length;
  }
  const rest = text.slice(at);
  const waits = mayGoOn ? [rest.search(PENDING_CITATION), rest.search(PENDING_TAG)].filter((i) => i >= 0) : [];
  plain(waits.length === 0 ? text.length : at + Math.min(...waits));
  if (at < text.length) segments.push({ kind: "pending", text: text.slice(at) });
  return segments;
}

/** One segment for each number; what the bracket held goes to the first, so that nothing is said twice. */
function numbersIn(raw: string, list: string, passages: readonly ChunkId[]): Segment[] {
  const numbers = list.match(new RegExp(ITEM, "gu"))!.flatMap((item) => {
    const [from = 0, to = from] = item.match(/\d+/g)!.map(Number);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const given = passages.map((_, i) => i + 1).filter((n) => n >= low && n <= high);
    // Whatever lies outside of a range is one wrong citation, not a thousand.
    const wrong = low < 1 ? [low] : high > passages.length ? [Math.max(low, passages.length + 1)] : [];
    return [...given, ...wrong];
  });
  return numbers.map((n, i): Segment => {
    const text = i === 0 ? raw : "";
    const passage = passages[n - 1];
    return passage === undefined ? { kind: "struck", text, n } : { kind: "citation", text, n, passage };
  });
}
