import type { Candidate, Chunk, ChunkId, DocumentId, Ranked } from "../model.ts";
import type { Evidence } from "./marks.ts";

export const DOCUMENT = "d" as DocumentId;

/** One chunk of a made-up result: where it stands, and its ranks. */
export interface Standing {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  /** null = not scored. */
  readonly after: number | null;
  readonly documentId?: DocumentId;
}

/** Unscored chunks get the ranks behind the scored ones, as in a real result. */
export function evidenceOf(standings: readonly Standing[]): Evidence {
  const chunks = new Map<ChunkId, Chunk>();
  const after = standings.map(({ start, end, before, after: rank, documentId = DOCUMENT }): Ranked => {
    const id = `${documentId}:${start}-${end}` as ChunkId;
    chunks.set(id, { id, documentId, start, end, headings: [], text: "" } as unknown as Chunk);
    const candidate: Candidate = { chunkId: id, documentId, rank: before, dense: null, keyword: null, fused: null };
    const place = rank ?? before;
    return { candidate, logit: rank === null ? null : -rank, rank: place, delta: before - place };
  });
  return { before: after.map(({ candidate }) => candidate), after, chunks };
}
