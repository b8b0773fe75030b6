import type { Ranked, Verdict } from "../model.ts";
import { kendallTau } from "./kendall-tau.ts";

/** A spread of logits below this share of their size is float32 noise. */
const NOISE = 1e-6;

/** What re-ranking did to the pool, seen through a window of `top` rows. `ranked` is in its own order, rank 1 first. */
export function verdictOf(ranked: readonly Ranked[], top: number): Verdict {
  const before = ranked.toSorted((a, b) => a.candidate.rank - b.candidate.rank);
  const inTop = ranked.slice(0, Math.max(0, top));
  const logits = ranked.flatMap(({ logit }) => (logit === null ? [] : [logit]));
  const entered = inTop.filter(({ candidate }) => candidate.rank > top).length;
  return {
    top,
    pool: ranked.length,
    scored: logits.length,
    changedInTop: inTop.filter(({ candidate }, i) => candidate.chunkId !== before[i]!.candidate.chunkId).length,
    enteredTop: entered,
    leftTop: before.slice(0, inTop.length).filter(({ rank }) => rank > top).length,
    bestJump: bestJump(inTop),
    kendallTau: kendallTau(ranked.map(({ candidate }) => candidate.rank)),
    noSignal: noSignal(ranked, logits),
  };
}

/** Of equal rises the one that ends higher: the first in rank order. */
function bestJump(inTop: readonly Ranked[]): Verdict["bestJump"] {
  let best: Ranked | null = null;
  for (const row of inTop) if (row.delta > (best?.delta ?? 0)) best = row;
  return best && { chunkId: best.candidate.chunkId, from: best.candidate.rank, to: best.rank };
}

/**
 * Rule R5. A pool of one has no order, so a scored one gives no warning. One score in a larger pool can be
 * compared with nothing, so it is never "all equal"; it counts as a signal only where it moved its candidate.
 */
function noSignal(ranked: readonly Ranked[], logits: readonly number[]): Verdict["noSignal"] {
  if (logits.length === 0) return "nothing-scored";
  const highest = Math.max(...logits);
  const lowest = Math.min(...logits);
  const noise = NOISE * Math.max(Math.abs(highest), Math.abs(lowest));
  if (logits.length > 1 && highest - lowest <= noise) return "all-scores-equal";
  const unchanged = ranked.every((row, i) => i === 0 || ranked[i - 1]!.candidate.rank < row.candidate.rank);
  return ranked.length > 1 && unchanged ? "order-unchanged" : null;
}
