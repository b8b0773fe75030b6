import type { Milliseconds, Stage } from "#core/model.ts";
import type { ScoreScale } from "#core/ports.ts";

const MINUS = "\u2212";
const grouped = new Intl.NumberFormat("en-GB");

/** 12345 → "12,345". */
export function count(value: number): string {
  return grouped.format(value);
}

/** "1 chunk", "1,212 chunks". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Decimal units, as file managers and quotas use: "0 B", "14 MB", "2.1 GB". */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"] as const;
  let amount = value;
  let unit = 0;
  // 999.5 would be written as 1000 of the smaller unit.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit] ?? "B"}`;
}

/** "under 1 ms", "6 ms", "0.4 s", "12 s", "2 min 5 s". */
export function duration(value: Milliseconds): string {
  if (value < 1) return "under 1 ms";
  if (value < 99.5) return `${value.toFixed(0)} ms`;
  const seconds = value / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  const isZero = Number(text) === 0;
  return value < 0 && !isZero ? MINUS + text : text;
}

const DIGITS: Record<Stage, number> = { dense: 3, keyword: 2, fused: 4, "cross-encoder": 2 };

/** A stage's own number for the eye; full precision stays in `data-score`. A logit always carries its sign. */
export function score(stage: Stage, value: number): string {
  const text = fixed(value, DIGITS[stage]);
  const signed = stage === "cross-encoder" && value > 0 && Number(text) !== 0;
  return signed ? `+${text}` : text;
}

/** A number of a re-ranker on its own scale; empty for an order, which has none (rule R4). */
export function rerankScore(scale: ScoreScale, value: number): string {
  if (scale === "order") return "";
  return scale === "logit" ? score("cross-encoder", value) : fixed(value, 3);
}

/** Kendall τ with two decimals. */
export function correlation(value: number): string {
  return fixed(value, 2);
}
