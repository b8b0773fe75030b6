import type { Points } from "../model.ts";
import type { SourceRun } from "./source.ts";

/** Unit vector of reading. */
export interface Direction {
  readonly dirX: number;
  readonly dirY: number;
}

const SAME_DIRECTION = Math.cos((3 * Math.PI) / 180);
/** No page reaches further (the format allows 14,400 points); files that say so must not break the arithmetic. */
const FARTHEST = 1e7;

/** Whether two baselines run the same way. */
export function sameDirection(a: Direction, b: Direction): boolean {
  return a.dirX * b.dirX + a.dirY * b.dirY > SAME_DIRECTION;
}

/** Within what a page can hold; 0 for what is no number. */
export function bounded(value: number): Points {
  return Math.min(FARTHEST, Math.max(-FARTHEST, value)) || 0;
}

/** Where a run begins along a direction. */
export function along({ dirX, dirY }: Direction, run: SourceRun): Points {
  return bounded(run.x * dirX + run.y * dirY);
}

/** How high a run's baseline stands, seen along a direction. */
export function across({ dirX, dirY }: Direction, run: SourceRun): Points {
  return bounded(run.y * dirX - run.x * dirY);
}

export function sizeOf(run: SourceRun): Points {
  return Math.abs(bounded(run.size));
}
