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

/** Times over several powers of ten: retrieval takes milliseconds, re-ranking seconds. */
export function timeScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.max(0.1, Math.min(...values))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values) * 1.05)));
  const ticks = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  const at = (value: number): number =>
    from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from);
  return { at, ticks };
}
