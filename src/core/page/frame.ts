import type { CharOffset } from "../model.ts";
import { bounded } from "./direction.ts";
import type { SourceRun } from "./source.ts";

/** Numbers of a row in `TextRuns.frames`. */
export const FRAME = 6;

/** How far along its advance the first `at` characters of a run's text reach, 0 to 1. */
export function reach({ text, edges }: SourceRun, at: CharOffset): number {
  if (at <= 0) return 0;
  if (at >= text.length) return 1;
  return Math.min(1, Math.max(0, (edges === null ? at / text.length : edges[at - 1]) || 0));
}

/**
 * Writes the frame of what lies between two shares of a run's advance at `frames[6·row]`; right-to-left runs begin at
 * their right end.
 */
export function writeFrame(run: SourceRun, near: number, far: number, frames: Float32Array, row: number): void {
  const advance = Math.max(0, bounded(run.advance));
  const [alongX, alongY] = [run.dirX * advance, run.dirY * advance];
  // Turned round, left of the direction is below the line.
  const [turn, start] = run.rtl ? [-1, 1 - near] : [1, near];
  const above = turn * bounded(run.size * (run.rtl ? run.descent : run.ascent));
  const below = turn * bounded(run.size * (run.rtl ? run.ascent : run.descent));
  const share = turn * (far - near);
  frames.set(
    [bounded(run.x) + alongX * start, bounded(run.y) + alongY * start, alongX * share, alongY * share, above, below],
    FRAME * row,
  );
}
