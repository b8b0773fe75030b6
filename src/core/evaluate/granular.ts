import { isRelevant, relevantOf } from "./metrics.ts";
import type { Grades, MetricOptions } from "./model.ts";
import { countedItems, type RankedItems } from "./order.ts";

/** LlamaIndex's `use_granular_hit_rate`: the share of the expected that is in the first k. Recall by another name. */
export function granularHit(k: number, list: RankedItems, grades: Grades, options: MetricOptions): number {
  const expected = relevantOf(grades, options);
  return expected === 0 ? 0 : hitRanks(k, list, grades, options).length / expected;
}

/** LlamaIndex's `use_granular_mrr`: the mean of 1/rank over the hits, not over the expected. 0 without a hit. */
export function granularMrr(k: number, list: RankedItems, grades: Grades, options: MetricOptions): number {
  const ranks = hitRanks(k, list, grades, options);
  return ranks.length === 0 ? 0 : ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
}

function hitRanks(k: number, list: RankedItems, grades: Grades, options: MetricOptions): number[] {
  const top = countedItems(list, grades, options).slice(0, k);
  return top.flatMap((item, i) => (isRelevant(grades.get(item), options) ? [i + 1] : []));
}
