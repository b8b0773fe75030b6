/** A number to a place, and the numbers that are written along the axis. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Shares between 0 and 1: as much of that as the values need, on whole steps. */
export function shareScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.max(0, Math.min(...values));
  const high = Math.min(1, Math.max(...values));
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((it) => (high - low) / it <= 5) ?? 0.25;
  const first = Math.max(0, Math.floor(low / step - 0.01) * step);
  const last = Math.min(1, Math.max(Math.ceil(high / step + 0.01) * step, first + step));
  const count = Math.round((last - first) / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => Number((first + at * step).toFixed(2)));
  return { at: (value) => from + ((value - first) / (last - first)) * (to - from), ticks };
}

/** Between the outermost values and the edge. */
const ROOM = 1.3;

/** Times over several powers of ten: retrieval takes milliseconds, re-ranking seconds. */
export function timeScale(values: readonly number[], from: number, to: number): Scale {
  const steps = Array.from({ length: 27 }, (_, at) => [1, 2, 5][at % 3]! * 10 ** (Math.floor(at / 3) - 1));
  const low = steps.findLast((step) => step * ROOM <= Math.min(...values)) ?? steps[0]!;
  const high = steps.find((step) => step >= Math.max(...values) * ROOM) ?? steps.at(-1)!;
  const at = (value: number): number =>
    from + (Math.log(Math.max(value, low) / low) / Math.log(high / low)) * (to - from);
  const ticks = steps.filter((step) => step >= low && step <= high);
  return { at, ticks: ticks.length > 6 ? ticks.filter((step) => Number.isInteger(Math.log10(step))) : ticks };
}
