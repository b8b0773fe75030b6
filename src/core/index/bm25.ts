import type { DocumentId } from "#core/model.ts";
import { findTerm, freeze, type Segment, SegmentBuilder } from "./segment.ts";
import { tokenize } from "./tokenize.ts";
import { Vocabulary } from "./vocabulary.ts";

/** How fast repeats of a term stop counting. */
const K1 = 1.2;
/** How much a long chunk is held back, 0 to 1. */
const B = 0.75;

/**
 * Okapi BM25 over chunks (Robertson & Zaragoza 2009), with the idf that is never negative:
 * ln(1 + (N − n + ½) / (n + ½)). Rules B1 to B6 in SPEC.md.
 */
export class Bm25 {
  readonly #segments = new Map<DocumentId, Segment>();
  #vocabulary = new Vocabulary();
  #chunks = 0;
  #length = 0;

  /** Chunks indexed. */
  get chunks(): number {
    return this.#chunks;
  }

  /** Distinct terms indexed. */
  get terms(): number {
    return this.#vocabulary.size;
  }

  /** Replaces a document of the same id. Long documents fill the builder in slices first. */
  add(id: DocumentId, texts: readonly string[] | SegmentBuilder): void {
    this.remove(id);
    const builder = texts instanceof SegmentBuilder ? texts : buildSegment(texts);
    const segment = freeze(builder, (term) => this.#vocabulary.intern(term));
    this.#segments.set(id, segment);
    this.#count(segment, 1);
  }

  remove(id: DocumentId): void {
    const segment = this.#segments.get(id);
    if (segment === undefined) return;
    this.#segments.delete(id);
    this.#count(segment, -1);
  }

  clear(): void {
    this.#segments.clear();
    this.#vocabulary = new Vocabulary();
    this.#chunks = 0;
    this.#length = 0;
  }

  /**
   * BM25 of every chunk of the given documents, one after the other in the order given; 0 = no term of the query.
   * A document that is not indexed contributes nothing.
   */
  scores(query: string, documents: readonly DocumentId[]): Float32Array {
    const segments = documents.flatMap((id) => this.#segments.get(id) ?? []);
    const sums = new Float64Array(segments.reduce((sum, segment) => sum + segment.lengths.length, 0));
    const weights = this.#weights(query);
    const meanLength = this.#length / this.#chunks;
    let offset = 0;
    for (const segment of segments) {
      for (const { term, weight } of weights) addTerm(segment, term, weight, meanLength, sums, offset);
      offset += segment.lengths.length;
    }
    return Float32Array.from(sums);
  }

  /** Known terms of the query with idf × times asked. */
  #weights(query: string): { readonly term: number; readonly weight: number }[] {
    const asked = new Map<number, number>();
    for (const token of tokenize(query)) {
      const term = this.#vocabulary.idOf(token.term);
      if (term !== undefined) asked.set(term, (asked.get(term) ?? 0) + 1);
    }
    return Array.from(asked, ([term, times]) => {
      const holding = this.#vocabulary.chunksWith(term);
      return { term, weight: times * Math.log(1 + (this.#chunks - holding + 0.5) / (holding + 0.5)) };
    });
  }

  #count(segment: Segment, sign: 1 | -1): void {
    this.#chunks += sign * segment.lengths.length;
    for (const length of segment.lengths) this.#length += sign * length;
    segment.terms.forEach((term, i) => {
      this.#vocabulary.count(term, sign * (segment.starts[i + 1]! - segment.starts[i]!));
    });
  }
}

function buildSegment(texts: readonly string[]): SegmentBuilder {
  const builder = new SegmentBuilder();
  for (const text of texts) builder.add(text);
  return builder;
}

function addTerm(
  segment: Segment,
  term: number,
  weight: number,
  meanLength: number,
  sums: Float64Array,
  offset: number,
): void {
  const at = findTerm(segment, term);
  if (at < 0) return;
  const stop = segment.starts[at + 1]!;
  for (let p = segment.starts[at]!; p < stop; p += 1) {
    const chunk = segment.chunks[p]!;
    const count = segment.counts[p]!;
    const longer = 1 - B + (B * segment.lengths[chunk]!) / meanLength;
    sums[offset + chunk]! += (weight * count * (K1 + 1)) / (count + K1 * longer);
  }
}
