import type { Ranked, RetrievalMode, Candidate } from "#core/model.ts";

export type Side = "before" | "after";

/** One row of a list. */
export interface Row {
  readonly ranked: Ranked;
  /** 1-based, on this side. */
  readonly rank: number;
  /** 1-based, on the other side. */
  readonly otherRank: number;
  /** The score that sorts this side; null where there is none. */
  readonly score: number | null;
  /** How the chunk crossed the edge of the top n, where that is known. */
  readonly crossing: "entered" | "left" | null;
}

export interface SideRows {
  readonly top: readonly Row[];
  /** Below the cut: chunks that crossed the edge, or the whole rest of the pool. */
  readonly below: readonly Row[];
  /** How many of the pool are not shown on this side. */
  readonly hidden: number;
}

export interface RowsInput {
  /** The pool in its order after re-ranking. */
  readonly after: readonly Ranked[];
  /** How many rows the top has. */
  readonly top: number;
  readonly stage: RetrievalMode;
  readonly showsAll: boolean;
  /** Rows that stay visible whatever their rank: under the pointer or with the focus. */
  readonly kept: ReadonlySet<string>;
  /** False while scores still arrive: what has no score yet did not enter or leave anything. */
  readonly settled: boolean;
}

/** The stage that sorted the list before; a mode that had nothing to say (a question its model does not read) gives way. */
export function sortingStage(before: readonly Candidate[], mode: RetrievalMode): RetrievalMode {
  const spoke = (stage: RetrievalMode) => before.some((candidate) => candidate[stage] !== null);
  return [mode, "keyword" as const, "dense" as const].find(spoke) ?? mode;
}

/** Both lists: the top n, and below the cut what came from or went to outside. */
export function rowsOf(input: RowsInput): Record<Side, SideRows> {
  const { after, stage } = input;
  const afterRows = after.map((ranked): Row => ({
    ranked,
    rank: ranked.rank,
    otherRank: ranked.candidate.rank,
    score: ranked.logit,
    crossing: crossingOf(ranked, input),
  }));
  const beforeRows = after
    .map((ranked): Row => ({
      ranked,
      rank: ranked.candidate.rank,
      otherRank: ranked.rank,
      score: ranked.candidate[stage]?.score ?? null,
      crossing: crossingOf(ranked, input),
    }))
    .toSorted((a, b) => a.rank - b.rank);
  return { before: cut(beforeRows, input), after: cut(afterRows, input) };
}

function crossingOf(ranked: Ranked, { top, settled }: RowsInput): Row["crossing"] {
  if (ranked.logit === null && !settled) return null;
  const wasIn = ranked.candidate.rank <= top;
  const isIn = ranked.rank <= top;
  if (wasIn === isIn) return null;
  return isIn ? "entered" : "left";
}

function cut(rows: readonly Row[], { top, showsAll, kept }: RowsInput): SideRows {
  const below = rows.filter(
    ({ rank, otherRank, ranked }) => rank > top && (showsAll || otherRank <= top || kept.has(ranked.candidate.chunkId)),
  );
  const head = rows.filter(({ rank }) => rank <= top);
  return { top: head, below, hidden: rows.length - head.length - below.length };
}
