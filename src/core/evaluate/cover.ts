import type { Passage } from "./judge.ts";

/**
 * Whether two passages of one document are the same answer: they share at least half of the shorter one. Symmetric.
 * Half, so that a passage cut anew under other settings keeps its grade and its neighbour does not inherit it.
 */
export function covers(a: Passage, b: Passage): boolean {
  if (a.documentId !== b.documentId) return false;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 && 2 * shared >= Math.min(a.end - a.start, b.end - b.start);
}
