import type { Points } from "../model.ts";
import { compose, type PlacedRun } from "./compose.ts";
import { sameDirection } from "./direction.ts";
import { gather } from "./gather.ts";
import { drawnMirrored, isRightToLeftPage, toReadAtoms, unmirrored } from "./right-to-left.ts";
import { joinRows } from "./rows.ts";
import type { SourceRun } from "./source.ts";

export type { PlacedRun } from "./compose.ts";
export { sameDirection } from "./direction.ts";

/** Runs on one baseline without a wide gap. Positions are along and across the reading direction. */
export interface Line {
  readonly text: string;
  /** Parts of runs in text order; `text.slice(start, end)` is the folded part. */
  readonly runs: readonly PlacedRun[];
  readonly dirX: number;
  readonly dirY: number;
  /** Whether the line is read from right to left. */
  readonly rtl: boolean;
  /** Extent along the direction, left to right even in right-to-left text. */
  readonly from: Points;
  readonly to: Points;
  /** Height of the baseline; the next line is lower. */
  readonly base: Points;
  /** Of the longest run: the rest are superscripts, bullets and the like. */
  readonly size: Points;
}

/** Runs in drawing order → lines in drawing order; those of another direction than most of the page (a stamp in the margin) last. */
export function toLines(runs: readonly SourceRun[]): Line[] {
  const gathered = joinRows(gather(runs));
  const page = isRightToLeftPage(gathered);
  const read = gathered.map((line) => toReadAtoms(line, page));
  const mirrored = drawnMirrored(read);
  const lines = gathered.flatMap(({ dirX, dirY, from, to, base, size }, i): Line[] => {
    const { atoms = [], rtl = false, gaps = true } = read[i] ?? {};
    const composed = compose(mirrored ? atoms.map(unmirrored) : atoms, gaps);
    return composed.text === "" ? [] : [{ ...composed, dirX, dirY, rtl, from, to, base, size }];
  });
  return mainDirectionFirst(lines);
}

function mainDirectionFirst(lines: Line[]): Line[] {
  const first = lines[0];
  if (first === undefined || lines.every((line) => sameDirection(line, first))) return lines;
  const letters = new Map<number, { count: number; readonly line: Line }>();
  for (const line of lines) {
    const degrees = Math.round((Math.atan2(line.dirY, line.dirX) * 180) / Math.PI);
    const counted = letters.get(degrees) ?? { count: 0, line };
    counted.count += line.text.length;
    letters.set(degrees, counted);
  }
  const main = Array.from(letters.values()).reduce((a, b) => (b.count > a.count ? b : a)).line;
  return [...lines.filter((line) => sameDirection(line, main)), ...lines.filter((line) => !sameDirection(line, main))];
}
