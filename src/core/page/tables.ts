import type { Joint } from "./joint.ts";
import type { Line } from "./line.ts";

/** Lines of one cell between two rows of a table: a cell that is set on more lines than its neighbours. */
const WRAPPED = { lines: 2, letters: 60 };

/** Cells on one baseline: lines `from` to before `to`. */
interface Row {
  readonly from: number;
  readonly to: number;
}

/** Rules T1 to T3 in the tests: which lines stand in tables, two consecutive rows of two cells at least. */
export function tableLines(lines: readonly Line[], joints: readonly Joint[]): ReadonlySet<number> {
  const rows = toRows(joints);
  const inTable = new Set<number>();
  let last: number | null = null;
  for (const [r, { from, to }] of rows.entries()) {
    if (to - from < 2) continue;
    if (last !== null && areTogether(lines, rows, last, r)) {
      for (let i = rows[last]!.from; i < to; i += 1) inTable.add(i);
    }
    last = r;
  }
  return inTable;
}

function toRows(joints: readonly Joint[]): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < joints.length; i += 1) {
    const from = i;
    while (joints[i + 1] === "row") i += 1;
    rows.push({ from, to: i + 1 });
  }
  return rows;
}

function areTogether(lines: readonly Line[], rows: readonly Row[], first: number, second: number): boolean {
  const between = rows.slice(first + 1, second);
  if (between.length > WRAPPED.lines) return false;
  if (between.some(({ from }) => (lines[from]?.text.length ?? 0) > WRAPPED.letters)) return false;
  const [above, below] = [lines[rows[first]!.from]!, lines[rows[second]!.from]!];
  const pitch = above.base - below.base;
  return pitch > 0 && pitch < (3 + 2 * between.length) * Math.max(above.size, below.size);
}
