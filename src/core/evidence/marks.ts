import type { Candidate, CharOffset, Chunk, ChunkId, DocumentId, PageIndex, Quad, Ranked } from "../model.ts";
import type { Places } from "./places.ts";

/** The part of a search result that marks are made of. */
export interface Evidence {
  readonly before: readonly Candidate[];
  readonly after: readonly Ranked[];
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
}

/** A chunk of the current result on one page. */
export interface PageMark {
  /** null for a passage that is no chunk of the result: a link or an older result chose it. */
  readonly chunkId: ChunkId | null;
  /** Points of the unrotated page, one per line; empty in documents that have no pages. */
  readonly quads: readonly Quad[];
  /** The part of the page's text that it covers. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** The passage that was chosen; the others are marked faintly. */
  readonly chosen: boolean;
  /** 1-based ranks in the two lists; null where it is in neither, or not re-ranked. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What was chosen, by its place in the document's text. */
export interface Chosen {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/**
 * Every chunk of the result in this document, page by page in the order of the text. `chosen` marks the chunk of the
 * same range; where the result holds none, it gets a mark of its own without ranks.
 */
export function marksOf(
  evidence: Evidence | null,
  documentId: DocumentId,
  places: Places,
  chosen: Chosen | null,
): Map<PageIndex, PageMark[]> {
  const marks = new Map<PageIndex, PageMark[]>();
  const add = (range: Chosen, facts: Omit<PageMark, "quads" | "start" | "end">): void => {
    for (const { page, start, end, quads } of places.of(range.start, range.end)) {
      const onPage = marks.get(page) ?? [];
      onPage.push({ ...facts, quads, start, end });
      marks.set(page, onPage);
    }
  };
  let found = false;
  for (const { candidate, logit, rank } of evidence?.after ?? []) {
    const chunk = candidate.documentId === documentId ? evidence?.chunks.get(candidate.chunkId) : undefined;
    if (chunk === undefined) continue;
    const isChosen = chunk.start === chosen?.start && chunk.end === chosen.end;
    found ||= isChosen;
    add(chunk, {
      chunkId: chunk.id,
      chosen: isChosen,
      before: candidate.rank,
      after: logit === null ? null : rank,
    });
  }
  if (chosen !== null && !found) add(chosen, { chunkId: null, chosen: true, before: null, after: null });
  for (const onPage of marks.values()) onPage.sort((a, b) => a.start - b.start || a.end - b.end);
  return marks;
}
