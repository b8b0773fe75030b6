export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether two passages are the same answer: they share at least half of the shorter one. So a sentence inside a chunk
 * counts, and a chunk inside a long passage; a passage cut anew keeps its grade and its neighbour does not inherit it.
 */
export function overlapsByHalf(a: Span, b: Span): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 && 2 * shared >= Math.min(a.end - a.start, b.end - b.start);
}
