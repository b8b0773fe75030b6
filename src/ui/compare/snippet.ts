import type { Mark } from "#core/retrieve/marks.ts";

/** Two lines of a wide list hold about this many characters. */
const WINDOW = 150;
/** Text shown before the first mark, so that the words stand in a sentence. */
const LEAD = 36;
/** What two lines can never exceed; the rest is not put into the row. */
const LENGTH = 420;

export interface Snippet {
  readonly start: number;
  readonly end: number;
}

/** The part of a chunk that a row shows: it begins shortly before the words where most of the query's words stand together. */
export function snippetOf(text: string, marks: readonly Mark[]): Snippet {
  const start = startOf(text, marks);
  return { start, end: boundaryBefore(text, Math.min(text.length, start + LENGTH)) };
}

function startOf(text: string, marks: readonly Mark[]): number {
  const best = densest(text, marks);
  if (best === null || best <= WINDOW / 2) return 0;
  const from = best - LEAD;
  // A sentence that begins here is the better start.
  for (let at = from; at < best; at += 1) if (endsSentence(text, at)) return skipSpace(text, at + 1);
  for (let at = from; at < best; at += 1) if (/\s/.test(text.charAt(at))) return skipSpace(text, at);
  return boundaryBefore(text, from);
}

function endsSentence(text: string, at: number): boolean {
  const letter = text.charAt(at);
  // Full-width stops stand without a space; "3.2" is no end.
  return /[。！？]/.test(letter) || (/[.!?]/.test(letter) && /\s/.test(text.charAt(at + 1)));
}

/** Start of the mark whose window holds the most different words; the earliest of equals. */
function densest(text: string, marks: readonly Mark[]): number | null {
  let best: number | null = null;
  let most = 0;
  marks.forEach((mark, index) => {
    const words = new Set<string>();
    for (let other = index; other < marks.length; other += 1) {
      const { start, end } = marks[other] ?? mark;
      if (end > mark.start + WINDOW) break;
      words.add(text.slice(start, end).toLowerCase());
    }
    if (words.size > most) {
      most = words.size;
      best = mark.start;
    }
  });
  return best;
}

function skipSpace(text: string, at: number): number {
  let to = at;
  while (to < text.length && /\s/.test(text.charAt(to))) to += 1;
  return to;
}

/** The same place, or one less where it would split a surrogate pair. */
function boundaryBefore(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
