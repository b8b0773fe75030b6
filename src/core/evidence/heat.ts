import type { DocumentId } from "../model.ts";
import type { Evidence } from "./marks.ts";
import type { Places } from "./places.ts";

/** How much of the result stands on a page; null = nothing of it, or nothing re-ranked. */
export interface PageHeat {
  /** Best rank of a chunk that touches the page, 1-based in the whole pool. */
  readonly rankBefore: number | null;
  readonly rankAfter: number | null;
  /** 0 to 1; 1 is the best rank that this document has in either stage. */
  readonly before: number | null;
  readonly after: number | null;
  /** after − before, −1 to 1: positive where the page's best chunk rose. */
  readonly difference: number | null;
}

const COLD: PageHeat = { rankBefore: null, rankAfter: null, before: null, after: null, difference: null };

/**
 * One per page, or null where nothing of the result stands in this document.
 *
 * With r the best rank of a chunk on the page, and `best` and `worst` the extremes of r over the document's pages and
 * both stages: heat(r) = 1 − ln(r / best) / ln((worst + 1) / best). Logarithmic, since from rank 1 to 3 is further than
 * from 21 to 23; worst + 1, so that no page of the result is as cold as one without.
 */
export function heatOf(evidence: Evidence, documentId: DocumentId, places: Places): PageHeat[] | null {
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  for (const { candidate, logit, rank } of evidence.after) {
    const chunk = candidate.documentId === documentId ? evidence.chunks.get(candidate.chunkId) : undefined;
    if (chunk === undefined) continue;
    for (const { page } of places.ranges(chunk.start, chunk.end)) {
      lower(before, page, candidate.rank);
      if (logit !== null) lower(after, page, rank);
    }
  }
  if (before.size === 0) return null;
  const ranks = [...before.values(), ...after.values()];
  const best = Math.min(...ranks);
  const span = Math.log((Math.max(...ranks) + 1) / best);
  const heat = (rank: number | undefined): number | null =>
    rank === undefined ? null : 1 - Math.log(rank / best) / span;
  return places.pages.map((_, page) => {
    const rankBefore = before.get(page);
    if (rankBefore === undefined) return COLD;
    const [was, is] = [heat(rankBefore), heat(after.get(page))];
    return {
      rankBefore,
      rankAfter: after.get(page) ?? null,
      before: was,
      after: is,
      difference: was === null || is === null ? null : is - was,
    };
  });
}

function lower(ranks: Map<number, number>, page: number, rank: number): void {
  ranks.set(page, Math.min(rank, ranks.get(page) ?? rank));
}
