import type { Points } from "../model.ts";
import type { Atom } from "./compose.ts";
import type { Gathered } from "./gather.ts";

/** Parts of one line that were not drawn one after the other stand on the same baseline, within this share of the size. */
const SAME_BASELINE = 0.15;
/** A word space; what stands further apart may be another column. */
const CLOSE = 0.45;
/** Letters of neighbouring runs touch by less than this; what overlaps more is drawn over, not beside. */
const TOUCH = 0.2;
const ALIKE = 0.7;

/** Joins lines that are parts of one (a bold word that was drawn later), at the place of the longest part. */
export function joinRows(lines: readonly Gathered[]): Gathered[] {
  if (lines.length < 2) return [...lines];
  const gone = new Set<Gathered>();
  const order = new Map(lines.map((line, i) => [line, i]));
  const place = new Map<Gathered, number>();
  for (const row of toRows(lines)) {
    let whole: Gathered | undefined;
    let most = 0;
    for (const line of row.toSorted((a, b) => a.from - b.from)) {
      if (whole === undefined || !fits(whole, line)) {
        whole = line;
        most = lengthOf(line);
        continue;
      }
      const length = lengthOf(line);
      if (length > most) [most] = [length, place.set(whole, order.get(line) ?? 0)];
      take(whole, line);
      gone.add(line);
    }
  }
  if (gone.size === 0) return [...lines];
  const at = (line: Gathered): number => place.get(line) ?? order.get(line) ?? 0;
  return lines.filter((line) => !gone.has(line)).toSorted((a, b) => at(a) - at(b));
}

/** Lines of one direction and baseline, in no order. */
function toRows(lines: readonly Gathered[]): Gathered[][] {
  const angle = ({ dirX, dirY }: Gathered): number => Math.round(50 * Math.atan2(dirY, dirX));
  const rows: Gathered[][] = [];
  for (const line of lines.toSorted((a, b) => angle(a) - angle(b) || b.base - a.base)) {
    const [first] = rows.at(-1) ?? [];
    const same = first && angle(first) === angle(line) && first.base - line.base <= SAME_BASELINE * line.size;
    if (same) rows.at(-1)?.push(line);
    else rows.push([line]);
  }
  return rows.filter((row) => row.length > 1);
}

/** Whether a line that begins further along stands beside, or in a gap of, the whole. */
function fits(whole: Gathered, line: Gathered): boolean {
  const em = Math.max(whole.size, line.size);
  if (Math.min(whole.size, line.size) < ALIKE * em) return false;
  if (line.from >= whole.to - TOUCH * em) return line.from - whole.to <= CLOSE * em;
  const [before, after] = gapAt(whole.atoms, line.from);
  if (line.from - before < -TOUCH * em || after - line.to < -TOUCH * em) return false;
  return Math.min(line.from - before, after - line.to) <= CLOSE * em;
}

/** Where the last visible atom before a place ends, and where the first behind it begins. */
function gapAt(atoms: readonly Atom[], at: Points): readonly [Points, Points] {
  let [before, after] = [-Infinity, Infinity];
  for (const { text, from, to } of atoms) {
    if (text === "") continue;
    if (from <= at) before = Math.max(before, to);
    else after = Math.min(after, from);
  }
  return [before, after];
}

function take(whole: Gathered, line: Gathered): void {
  const before = whole.atoms.findIndex(({ text, from }) => text !== "" && from > line.from);
  whole.atoms.splice(before === -1 ? whole.atoms.length : before, 0, ...line.atoms);
  whole.right ||= line.right;
  whole.to = Math.max(whole.to, line.to);
  if (line.longest <= whole.longest) return;
  whole.longest = line.longest;
  whole.size = line.size;
  whole.base = line.base;
}

function lengthOf(line: Gathered): number {
  return line.atoms.reduce((sum, { text }) => sum + text.length, 0);
}
