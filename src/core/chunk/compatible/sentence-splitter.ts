import type { CharOffset, TokenCount } from "../../model.ts";
import { codePoints, cutBefore, stripped, type Range } from "./python-text.ts";
import { punktStarts } from "./punkt.ts";

/** Tokens of the text from `start` to `end`, taken alone. */
export type Measure = (start: CharOffset, end: CharOffset) => TokenCount;

interface Split extends Range {
  readonly tokens: TokenCount;
}

const PARAGRAPH = "\n\n\n";
/** No class of it has a letter outside the basic plane, so code units do. */
const PHRASE = /[^,.;。？！]+[,.;。？！]?|[,.;。？！]/g;

/**
 * LlamaIndex's SentenceSplitter: the same cuts, as offsets that are known and never searched for. A chunk may exceed
 * `size` by its overlap, as in the original (until its change of 2025). Where that one throws (one character over
 * `size`), the character is kept.
 */
export function splitLikeLlamaIndex(text: string, size: TokenCount, overlap: TokenCount, measure: Measure): Range[] {
  if (text === "") return [];
  return merge(splitsOf(text, { start: 0, end: text.length }, size, measure), size, overlap).flatMap(
    (range) => stripped(text, range) ?? [],
  );
}

/** Parts of at most `size`: paragraphs, sentences, phrases, words, characters, each only where the one before is too long. */
function splitsOf(text: string, range: Range, size: TokenCount, measure: Measure): Split[] {
  const tokens = measure(range.start, range.end);
  if (tokens <= size) return [{ ...range, tokens }];
  const parts = partsOf(text, range);
  if (parts.length < 2) return [{ ...range, tokens }];
  return parts.flatMap((part) => splitsOf(text, part, size, measure));
}

function partsOf(text: string, range: Range): Range[] {
  for (const cut of [byParagraph, bySentence, byPhrase, byWord]) {
    const parts = cut(text, range);
    if (parts.length > 1) return parts;
  }
  return codePoints(text, range);
}

function byParagraph(text: string, range: Range): Range[] {
  return cutBefore(text, range, PARAGRAPH);
}

/** A sentence owns the white space behind it. */
function bySentence(text: string, { start, end }: Range): Range[] {
  const starts = punktStarts(text.slice(start, end));
  return starts.map((from, i) => ({ start: start + from, end: start + (starts[i + 1] ?? end - start) }));
}

function byPhrase(text: string, { start, end }: Range): Range[] {
  return Array.from(text.slice(start, end).matchAll(PHRASE), ({ index, 0: phrase }) => ({
    start: start + index,
    end: start + index + phrase.length,
  }));
}

function byWord(text: string, range: Range): Range[] {
  return cutBefore(text, range, " ");
}

/** Greedy: a chunk closes when the next split does not fit; the new one starts with the last splits that fit the overlap. */
function merge(splits: readonly Split[], size: TokenCount, overlap: TokenCount): Range[] {
  const chunks: Range[] = [];
  let first = 0;
  let tokens = 0;
  for (const [i, split] of splits.entries()) {
    if (tokens + split.tokens > size && i > 0) {
      chunks.push({ start: splits[first]!.start, end: split.start });
      const closed = first;
      first = i;
      tokens = 0;
      for (let last = i - 1; last >= closed && tokens + splits[last]!.tokens <= overlap; last--) {
        tokens += splits[last]!.tokens;
        first = last;
      }
    }
    tokens += split.tokens;
  }
  chunks.push({ start: splits[first]!.start, end: splits.at(-1)!.end });
  return chunks;
}
