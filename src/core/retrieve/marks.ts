import { scanTerms, tokenize } from "#core/index/tokenize.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** UTF-16 offsets in the text given; `end` is exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the query's words stand in a text, by the keyword index's own rules, so that a mark is
 * exactly what BM25 counted: sorted, merged, never overlapping or touching.
 * English stop words are left out unless the query holds nothing else.
 */
export function queryMarks(text: string, query: string): Mark[] {
  const all = new Set(tokenize(query).map((token) => token.term));
  const telling = new Set([...all].filter((term) => !STOP_WORDS.has(term)));
  const wanted = telling.size > 0 ? telling : all;
  const marks: { start: number; end: number }[] = [];
  if (wanted.size === 0) return marks;
  scanTerms(text, (term, start, end) => {
    if (!wanted.has(term)) return;
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  });
  return marks;
}
