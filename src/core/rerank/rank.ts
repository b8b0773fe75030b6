import type { Candidate, ChunkId, Ranked } from "../model.ts";

/**
 * The pool by logit, best first; equal logits keep the rank before (rules R1, R2). Candidates without a
 * finite logit follow in their old order (rule R3). The inputs are not changed.
 */
export function rankByLogits(pool: readonly Candidate[], logits: ReadonlyMap<ChunkId, number>): Ranked[] {
  const rows = pool.map((candidate) => {
    const logit = logits.get(candidate.chunkId);
    return { candidate, logit: logit !== undefined && Number.isFinite(logit) ? logit : null };
  });
  rows.sort((a, b) => {
    if (a.logit !== null && b.logit !== null && a.logit !== b.logit) return b.logit - a.logit;
    if ((a.logit === null) !== (b.logit === null)) return a.logit === null ? 1 : -1;
    return a.candidate.rank - b.candidate.rank;
  });
  return rows.map(({ candidate, logit }, i) => ({ candidate, logit, rank: i + 1, delta: candidate.rank - (i + 1) }));
}
