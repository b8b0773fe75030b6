import type { Cell } from "../model.ts";
import { writeCsv } from "./csv.ts";

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A row of the table, as the report has it; only what is written. */
export interface TableRow {
  readonly cell: Cell;
  readonly questions: number;
  readonly values: readonly {
    readonly metric: string;
    readonly value: number;
    readonly interval: Interval;
    readonly against: {
      readonly difference: number;
      readonly interval: Interval;
      readonly p: number;
      readonly wins: number;
      readonly ties: number;
      readonly losses: number;
    } | null;
  }[];
  readonly latency: { readonly median: number; readonly p95: number; readonly measured: number } | null;
  readonly unjudged: number;
  readonly fallbacks: number;
  readonly movement: {
    readonly tau: number;
    readonly rho: number;
    readonly rbo: number;
    readonly overlap: number;
  } | null;
}

/** Column of a metric: `ndcg@10`. MRR and MAP are cut at k too. */
export function metricLabel(metric: string, k: number): string {
  return `${metric}@${k}`;
}

const PARTS = [
  "",
  " low",
  " high",
  " difference",
  " difference low",
  " difference high",
  " p",
  " wins",
  " ties",
  " losses",
];

/** Every number of the table in full, one row a setting: for other programs. */
export function tableCsv(rows: readonly TableRow[], k: number): string {
  const metrics = rows[0]?.values.map(({ metric }) => metric) ?? [];
  const number = (value: number | undefined): string => (value === undefined ? "" : String(value));
  const header = [
    ["retrieval", "embedder", "re-ranker", "pool", "questions"],
    metrics.flatMap((metric) => PARTS.map((part) => `${metricLabel(metric, k)}${part}`)),
    ["median ms", "p95 ms", "timed", "unjudged", "fallbacks", "tau", "rho", "rbo", `overlap@${k}`],
  ];
  const numbersOf = (one: TableRow["values"][number] | undefined): (number | undefined)[] => {
    const against = one?.against ?? null;
    const interval = against?.interval;
    return [
      [one?.value, one?.interval.low, one?.interval.high],
      [against?.difference, interval?.low, interval?.high, against?.p],
      [against?.wins, against?.ties, against?.losses],
    ].flat();
  };
  const lines = rows.map(({ cell, questions, values, latency, unjudged, fallbacks, movement }) => [
    [cell.retrieval, cell.embedder, cell.reranker, String(cell.pool), String(questions)],
    metrics.flatMap((metric) => numbersOf(values.find((value) => value.metric === metric))).map(number),
    [latency?.median, latency?.p95, latency?.measured, unjudged, fallbacks].map(number),
    [movement?.tau, movement?.rho, movement?.rbo, movement?.overlap].map(number),
  ]);
  return writeCsv(
    [header, ...lines].map((groups) => groups.flat()),
    true,
  );
}

/** For people: three decimals, the difference to `off` beside each number, losses in words. */
export function tableMarkdown(rows: readonly TableRow[], k: number): string {
  const metrics = rows[0]?.values.map(({ metric }) => metric) ?? [];
  const header = ["Setting", ...metrics.map((metric) => metricLabel(metric, k)), "median", "p95", "questions"];
  const lines = rows.map(({ cell, questions, values, latency }) => [
    settingOf(cell),
    ...metrics.map((metric) => valueOf(values.find((value) => value.metric === metric))),
    milliseconds(latency?.median),
    milliseconds(latency?.p95),
    String(questions),
  ]);
  const align = header.map((_, i) => (i === 0 ? ":--" : "--:"));
  return [header, align, ...lines].map((cells) => `| ${cells.map(escapeCell).join(" | ")} |\n`).join("");
}

export function settingOf({ retrieval, embedder, reranker, pool }: Cell): string {
  return `${retrieval} · ${embedder} · ${reranker === "off" ? "off" : `${reranker}, pool ${pool}`}`;
}

export function valueOf(one: TableRow["values"][number] | undefined): string {
  if (one === undefined) return "";
  const { value, against } = one;
  if (against === null) return decimals(value);
  const sign = against.difference > 0 ? "+" : against.difference < 0 ? "−" : "±";
  const change = `${sign}${decimals(Math.abs(against.difference))}`;
  return `${decimals(value)} (${change}, p ${decimals(against.p)}${against.difference < 0 ? ", worse" : ""})`;
}

export function decimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "–";
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? "–" : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function escapeCell(text: string): string {
  return text.replaceAll(/[\\|<`*_[\]]/g, "\\$&").replaceAll(/\s+/g, " ");
}
