import type { Candidate, ChunkId, DocumentId } from "../model.ts";

export function poolOf(ids: readonly string[]): Candidate[] {
  return ids.map((id, i) => ({
    chunkId: id as ChunkId,
    documentId: "d" as DocumentId,
    rank: i + 1,
    dense: null,
    keyword: null,
    fused: null,
  }));
}

export function logitsOf(rows: Readonly<Record<string, number>>): Map<ChunkId, number> {
  return new Map(Object.entries(rows).map(([id, logit]) => [id as ChunkId, logit]));
}
