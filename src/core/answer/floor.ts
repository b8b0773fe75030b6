import type { ModelStamp } from "../model.ts";

/** A row of a list, with the logit that the re-ranker gave its chunk; null where it has none. */
export interface Scored {
  readonly score: number | null;
}

export interface FloorCheck {
  readonly refused: boolean;
  /** What the best passage has to reach; null: no floor. */
  readonly floor: number | null;
  /** The best passage's logit; null where none has one. */
  readonly best: number | null;
}

/** Rule A7. */
export function checkFloor(rows: readonly Scored[], floor: number | null): FloorCheck {
  const scores = rows.flatMap(({ score }) => (score === null || Number.isNaN(score) ? [] : [score]));
  const best = scores.length === 0 ? null : Math.max(...scores);
  const knowsAll = scores.length === rows.length;
  return { refused: floor !== null && best !== null && knowsAll && best < floor, floor, best };
}

/** Rule A8: logits of another model lie on another scale, and a floor that nobody measured would refuse at random. */
export function defaultFloor(reranker: ModelStamp | null): number | null {
  return reranker?.id.startsWith("second-look-rerank-match-") === true ? 3 : null;
}
