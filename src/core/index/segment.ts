import { scanTerms } from "./tokenize.ts";

/** The terms of one document's chunks, collected chunk by chunk so that long work can pause in between. */
export class SegmentBuilder {
  /** term → chunk, count, chunk, count, … */
  readonly postings = new Map<string, number[]>();
  /** Terms of each chunk, without the extra single letters (rule T6). */
  readonly lengths: number[] = [];

  add(text: string): void {
    const chunk = this.lengths.length;
    let length = 0;
    scanTerms(text, (term, _start, _end, single) => {
      if (!single) length += 1;
      const posting = this.postings.get(term);
      if (posting === undefined) this.postings.set(term, [chunk, 1]);
      else if (posting[posting.length - 2] === chunk) posting[posting.length - 1]! += 1;
      else posting.push(chunk, 1);
    });
    this.lengths.push(length);
  }
}

/** One document's postings in typed columns; `terms` ascending, so a term is found by halving. */
export interface Segment {
  readonly terms: Uint32Array;
  /** Postings of terms[i] are chunks/counts from starts[i] to starts[i + 1]. */
  readonly starts: Uint32Array;
  readonly chunks: Uint32Array;
  readonly counts: Uint32Array;
  readonly lengths: Uint32Array;
}

/** `idOf` names each term; called once per distinct term. */
export function freeze(builder: SegmentBuilder, idOf: (term: string) => number): Segment {
  const entries = Array.from(builder.postings, ([term, posting]) => ({ id: idOf(term), posting }));
  entries.sort((a, b) => a.id - b.id);
  const total = entries.reduce((sum, entry) => sum + entry.posting.length / 2, 0);
  const segment = {
    terms: new Uint32Array(entries.length),
    starts: new Uint32Array(entries.length + 1),
    chunks: new Uint32Array(total),
    counts: new Uint32Array(total),
    lengths: Uint32Array.from(builder.lengths),
  };
  let at = 0;
  entries.forEach(({ id, posting }, i) => {
    segment.terms[i] = id;
    for (let p = 0; p < posting.length; p += 2, at += 1) {
      segment.chunks[at] = posting[p]!;
      segment.counts[at] = posting[p + 1]!;
    }
    segment.starts[i + 1] = at;
  });
  return segment;
}

/** Position of a term in the segment, −1 where it does not occur. */
export function findTerm(segment: Segment, term: number): number {
  const { terms } = segment;
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = terms[middle]!;
    if (found === term) return middle;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
