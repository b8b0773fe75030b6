import type { CharOffset, Page, Quad } from "../model.ts";
import { FRAME } from "./frame.ts";

const WHOLE = 65535;
/** Rows closer than this share of their height, on one baseline, are marked as one. */
const JOINED_GAP = 1;

/** Where the characters from `start` to `end` of the page's text stand: one quad per line, in text order, points of the unrotated page. */
export function quadsOf(page: Page, start: CharOffset, end: CharOffset): Quad[] {
  const { starts, ends, frames } = page.runs;
  const quads: Quad[] = [];
  for (let row = firstRow(ends, start); row < starts.length && starts[row]! < end; row += 1) {
    const from = Math.max(start, starts[row]!);
    const to = Math.min(end, ends[row]!);
    if (from >= to) continue;
    const near = from === starts[row]! ? 0 : page.edges[from - 1]! / WHOLE;
    const far = page.edges[to - 1]! / WHOLE;
    const quad = cut(frames, row, near, far);
    const last = quads.at(-1);
    const joined = last && join(last, quad);
    if (joined) quads[quads.length - 1] = joined;
    else quads.push(quad);
  }
  return quads;
}

/** The first row that ends behind `at`. */
function firstRow(ends: Uint32Array, at: CharOffset): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cut(frames: Float32Array, row: number, near: number, far: number): Quad {
  const [x = 0, y = 0, alongX = 0, alongY = 0, above = 0, below = 0] = frames.subarray(FRAME * row, FRAME * (row + 1));
  const length = Math.hypot(alongX, alongY) || 1;
  const [upX, upY] = [-alongY / length, alongX / length];
  const [x0, y0, x1, y1] = [x + alongX * near, y + alongY * near, x + alongX * far, y + alongY * far];
  return [
    x0 + upX * below,
    y0 + upY * below,
    x1 + upX * below,
    y1 + upY * below,
    x1 + upX * above,
    y1 + upY * above,
    x0 + upX * above,
    y0 + upY * above,
  ];
}

/** Two quads as one where the second goes on after the first on the same line, at the same height; else null. */
function join(a: Quad, b: Quad): Quad | null {
  const height = Math.hypot(a[6] - a[0], a[7] - a[1]) || 1;
  const [upX, upY] = [(a[6] - a[0]) / height, (a[7] - a[1]) / height];
  const along = (x: number, y: number): number => x * upY - y * upX;
  const across = (x: number, y: number): number => x * upX + y * upY;
  const sameLine =
    Math.abs(across(b[0], b[1]) - across(a[2], a[3])) < 0.1 * height &&
    Math.abs(across(b[6], b[7]) - across(a[4], a[5])) < 0.1 * height;
  const gap = along(b[0], b[1]) - along(a[2], a[3]);
  if (!sameLine || Math.abs(gap) > JOINED_GAP * height) return null;
  return [a[0], a[1], b[2], b[3], b[4], b[5], a[6], a[7]];
}
