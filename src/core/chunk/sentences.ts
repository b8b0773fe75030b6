import type { CharOffset } from "../model.ts";
import { isExtenderAt, isSpace } from "./characters.ts";
import { endOfStop, endsSentence, goesOnOverPage, STOPS } from "./sentence-ends.ts";

/** A sentence without the white space around it. */
export interface Sentence {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly endsParagraph: boolean;
}

const OPENING = "([（［【";
const CLOSING = ")]）］】";
/** Everything that can open, close or end something; all of it in the basic plane, so no `u` flag is needed. */
const EVENT = new RegExp(`[\\n()[\\]（）［］【】${STOPS}]`, "g");
/** A bracket that nobody closes must not swallow the rest of the paragraph. */
const LONGEST_BRACKET = 300;

/**
 * Sentences in order; together they hold every character that is not white space. A line feed ends
 * a paragraph, and so a sentence, except at a `pageBreaks` offset where the sentence plainly goes on.
 * Own rules (README, C11 to C18) instead of Intl.Segmenter, which is quadratic in Node 20, differs
 * between browsers' ICU versions and would need all of these repairs anyway. Linear time.
 */
export function splitSentences(text: string, pageBreaks: ReadonlySet<CharOffset> = new Set()): Sentence[] {
  const sentences: Sentence[] = [];
  const events = new RegExp(EVENT);
  let start = 0;
  let depth = 0;
  let openedAt = 0;

  const close = (end: CharOffset, endsParagraph: boolean): void => {
    let from = start;
    let to = end;
    while (from < to && isSpace(text.charCodeAt(from))) from++;
    while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    const last = sentences.at(-1);
    if (to > from) sentences.push({ start: from, end: to, endsParagraph });
    else if (endsParagraph && last !== undefined) sentences[sentences.length - 1] = { ...last, endsParagraph };
    start = end;
    if (endsParagraph) depth = 0;
  };

  for (let event = events.exec(text); event !== null; event = events.exec(text)) {
    const at = event.index;
    const mark = event[0];
    if (mark === "\n") {
      if (!(pageBreaks.has(at) && goesOnOverPage(text, at))) close(at, true);
    } else if (OPENING.includes(mark)) {
      depth++;
      openedAt = at;
    } else if (CLOSING.includes(mark)) {
      depth = Math.max(0, depth - 1);
    } else {
      const end = endOfStop(text, at);
      for (let i = at; i < end; i++) if (CLOSING.includes(text.charAt(i))) depth = Math.max(0, depth - 1);
      events.lastIndex = end;
      const inBracket = depth > 0 && at - openedAt < LONGEST_BRACKET;
      if (!inBracket && !isExtenderAt(text, end) && endsSentence(text, start, at, end)) close(end, false);
    }
  }
  close(text.length, true);
  return sentences;
}
