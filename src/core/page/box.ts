import type { SourceRun } from "./source.ts";

/** Writes x, y, width, height of the smallest upright rectangle around the run at `boxes[4·row]`. */
export function writeBox(run: SourceRun, boxes: Float32Array, row: number): void {
  // "Up" is the direction turned a quarter to the left.
  const upX = -run.dirY * run.size;
  const upY = run.dirX * run.size;
  const alongX = run.dirX * run.advance;
  const alongY = run.dirY * run.advance;
  const left = Math.min(0, alongX) + Math.min(upX * run.ascent, upX * run.descent);
  const right = Math.max(0, alongX) + Math.max(upX * run.ascent, upX * run.descent);
  const bottom = Math.min(0, alongY) + Math.min(upY * run.ascent, upY * run.descent);
  const top = Math.max(0, alongY) + Math.max(upY * run.ascent, upY * run.descent);
  boxes[4 * row] = run.x + left;
  boxes[4 * row + 1] = run.y + bottom;
  boxes[4 * row + 2] = right - left;
  boxes[4 * row + 3] = top - bottom;
}
