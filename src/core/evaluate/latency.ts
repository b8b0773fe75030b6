import { percentile } from "./bootstrap.ts";
import type { Outcome } from "./model.ts";
import type { Latency } from "./report-model.ts";

/** Of the outcomes that were timed; percentiles are linear between neighbours. */
export function latencyOf(outcomes: readonly Outcome[]): Latency | null {
  const times = Float64Array.from(outcomes.flatMap(({ milliseconds }) => milliseconds ?? [])).toSorted();
  if (times.length === 0) return null;
  return { median: percentile(times, 0.5), p95: percentile(times, 0.95), measured: times.length };
}
