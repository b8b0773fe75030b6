import type { CharOffset } from "../../model.ts";
import { PY_SPACE } from "./python-text.ts";

/*
 * NLTK's PunktSentenceTokenizer without training, which is what LlamaIndex uses: no abbreviations, no collocations,
 * no sentence starters are known, so only four rules of the algorithm are left (`breaksAfter`). The expressions are
 * those of NLTK 3.10; earlier ones do not know curly quotes and guillemets.
 */
const NON_WORD = "[)\";}\\]*:@'({[\u2018\u2019\u201c\u201d\u00ab\u00bb!?]";
const MULTI = `(?:-{2,}|\\.{2,}|(?:\\.[${PY_SPACE}]){2,}\\.)`;
const WORD_START = '[^("`{\\[:;&#*@)}\\]\\-,]';
const BREAK = `[${PY_SPACE}]|$|${NON_WORD}|${MULTI}`;
const SOLID = `[^${PY_SPACE}]`;
const WORD = new RegExp(`${MULTI}|(?=${WORD_START})${SOLID}+?(?=${BREAK}|,(?=${BREAK}))|${SOLID}`, "gu");
/** A stop and what follows it: other punctuation, or white space and the next word. */
const STOP = new RegExp(`[.?!](?=(${NON_WORD})|([${PY_SPACE}]+)(${SOLID}+))`, "gu");
/** Closing marks that belong to the sentence before. */
const CLOSING = new RegExp(`["')\\]}\u2018\u2019\u201c\u201d\u00ab\u00bb]+?(?:[${PY_SPACE}]+|(?=--)|$)`, "my");
const ASCII_SPACE = /[\t-\r ]/;
const END_SPACE = new RegExp(`[${PY_SPACE}]+$`);
const NUMBER = /^-?[.,]?\p{Nd}[\p{Nd},.-]*\.?$/u;
const INITIAL = /^[\p{L}\p{Nl}\p{No}_]\.$/u;
const DOTS = /^\.\.+$/;

/** Where sentences start in `text`; each reaches to the next start, the last to the end. Linear time. */
export function punktStarts(text: string): CharOffset[] {
  const starts: CharOffset[] = [];
  const slices = [...slicesOf(text)];
  let realign = 0;
  for (const [i, slice] of slices.entries()) {
    const start = slice.start + realign;
    const next = slices[i + 1];
    if (next === undefined) {
      if (slice.end > start) starts.push(start);
      break;
    }
    const closing = matchAt(CLOSING, text.slice(next.start, next.end));
    realign = closing?.length ?? 0;
    if (closing !== undefined || slice.end > start) starts.push(start);
  }
  return starts;
}

function matchAt(pattern: RegExp, text: string): string | undefined {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0];
}

/** Sentences as the stops part them, before closing marks are moved back. */
function* slicesOf(text: string): Generator<{ readonly start: CharOffset; readonly end: CharOffset }> {
  let last = 0;
  for (const { word, stop, after, next } of stopsOf(text)) {
    if (!breaks(text.slice(word, stop + 1) + after)) continue;
    yield { start: last, end: stop + 1 };
    last = next ?? stop + 1;
  }
  yield { start: last, end: text.replace(END_SPACE, "").length };
}

interface Stop {
  /** Where the word before it begins. */
  readonly word: CharOffset;
  readonly stop: CharOffset;
  readonly after: string;
  /** Where the next word begins, where white space parts it from the stop. */
  readonly next: CharOffset | null;
}

/** The last of the stops that stand in one word, for each such word. */
function* stopsOf(text: string): Generator<Stop> {
  let held: Stop | undefined;
  for (const match of text.matchAll(STOP)) {
    const stop = match.index;
    const from = held?.stop ?? 0;
    let space = stop - 1;
    while (space > from && !ASCII_SPACE.test(text.charAt(space))) space--;
    // White space right at `from` counts as none: NLTK takes index 0 for "not found".
    const word = space > from ? space + 1 : (held?.word ?? 0);
    if (held !== undefined && held.stop <= word) yield held;
    const [, mark, gap, following] = match;
    held =
      mark === undefined
        ? { word, stop, after: `${gap}${following}`, next: stop + 1 + (gap?.length ?? 0) }
        : { word, stop, after: mark, next: null };
  }
  if (held !== undefined) yield held;
}

/** Whether a sentence ends anywhere before the last token of this context. */
function breaks(context: string): boolean {
  const tokens = context.split("\n").flatMap((line) => line.match(WORD) ?? []);
  return tokens.some((token, i) => {
    const next = tokens[i + 1];
    return next !== undefined && breaksAfter(token, next);
  });
}

function breaksAfter(token: string, next: string): boolean {
  if (token === "." || token === "?" || token === "!") return true;
  if (!token.endsWith(".") || DOTS.test(token) || token.endsWith("..")) return false;
  if (INITIAL.test(token)) return !(startsLower(next) || isPunctuation(next) || /^\p{Uppercase}/u.test(next));
  if (NUMBER.test(token)) return !(startsLower(next) || isPunctuation(next));
  return true;
}

function startsLower(token: string): boolean {
  return /^\p{Lowercase}/u.test(token);
}

function isPunctuation(token: string): boolean {
  return token.length === 1 && ";:,.!?".includes(token);
}
