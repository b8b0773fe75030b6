import type { SourceRun } from "./source.ts";

/** Numbers of a row in `TextRuns.frames`. */
export const FRAME = 6;

/** Writes the frame of a whole run at `frames[6·row]`; right-to-left runs begin at their right end. */
export function writeFrame(run: SourceRun, frames: Float32Array, row: number): void {
  const at = FRAME * row;
  const alongX = run.dirX * run.advance;
  const alongY = run.dirY * run.advance;
  const above = run.size * run.ascent;
  const below = run.size * run.descent;
  // Turned round, left of the direction is below the line.
  frames.set(
    run.rtl
      ? [run.x + alongX, run.y + alongY, -alongX, -alongY, -below, -above]
      : [run.x, run.y, alongX, alongY, above, below],
    at,
  );
}
