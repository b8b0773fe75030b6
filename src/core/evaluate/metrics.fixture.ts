import type { Grade, MetricName, MetricOptions } from "./model.ts";
import { measure } from "./metrics.ts";
import { PRESETS } from "./presets.ts";

/** `D0:1 D1:-1` → grades by item. */
export function graded(text: string): Map<string, Grade> {
  return new Map(
    text.split(" ").map((pair) => {
      const [item = "", grade] = pair.split(":");
      return [item, Number(grade)] as const;
    }),
  );
}

/** `D0 .8 D2 .7` → items and scores, sorted by score as a run file means it. */
function run(text: string): { items: string[]; scores: number[] } {
  const words = text.split(" ");
  const rows = words.flatMap((item, i) => (i % 2 === 0 ? [{ item, score: Number(words[i + 1]) }] : []));
  rows.sort((a, b) => b.score - a.score);
  return { items: rows.map(({ item }) => item), scores: rows.map(({ score }) => score) };
}

type Measured = (metric: MetricName, k?: number) => number;

/** Counted as trec_eval does, but for `changes`. */
export function asTrec(ranking: string, grades: string, changes: Partial<MetricOptions> = {}): Measured {
  const options = { ...PRESETS.trec_eval, ...changes };
  return (metric, k = Infinity) => measure(metric, k, run(ranking), graded(grades), options);
}
