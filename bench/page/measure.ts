import type { Row } from "./row.ts";

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}

export function range(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Milliseconds that `work` takes, seen from here. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Runs every contender once per round, in turn and from alternating ends, so that load on the machine meets all of
 * them alike; one round more at the start warms up. A contender returns its own milliseconds.
 */
export async function interleaved<K extends string>(
  rounds: number,
  contenders: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(contenders) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      // oxlint-disable-next-line no-await-in-loop -- one after another is the point
      const time = await contenders[name]();
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/**
 * Median of the ratios within each round: both sides of a ratio met the same load. Beside it the fastest round of each,
 * which other programs disturbed least.
 */
export function ratio(
  over: readonly number[],
  under: readonly number[],
): Pick<Row, "value" | "unit" | "range" | "note"> {
  const ratios = over.map((time, round) => time / (under[round] ?? Number.NaN));
  const fastest = Math.min(...over) / Math.min(...under);
  return { value: median(ratios), unit: "×", range: range(ratios), note: `fastest rounds ${fastest.toFixed(2)}` };
}

/** Things per second, from the milliseconds of each round. */
export function rate(count: number, times: readonly number[], unit: string): Pick<Row, "value" | "unit" | "range"> {
  const rates = times.map((time) => (1000 * count) / time);
  return { value: median(rates), unit, range: range(rates) };
}

export function milliseconds(times: readonly number[]): Pick<Row, "value" | "unit" | "range"> {
  return { value: median(times), unit: "ms", range: range(times) };
}

/**
 * (ours − tokenizer) / bare, each a median over all rounds: two small times from two workers taken off each other round by
 * round go below zero on a busy machine. Ours cannot beat the bare session at the same work, so less than `floor` is noise.
 */
export function afterTokens(
  ours: readonly number[],
  tokenizer: readonly number[],
  bare: readonly number[],
): Pick<Row, "value" | "unit" | "budget"> {
  const value = (median(ours) - median(tokenizer)) / median(bare);
  return { value, unit: "×", budget: { most: 1.15, floor: 0.95 } };
}

/** The sum of two contenders, round by round. */
export function plus(one: readonly number[], other: readonly number[]): number[] {
  return one.map((time, round) => time + (other[round] ?? Number.NaN));
}
