import type { MetricName } from "#core/evaluate/model.ts";

/** The columns, in their order: those of the article first. */
export const TABLE_METRICS: readonly MetricName[] = ["hit", "mrr", "ndcg", "recall", "map"];
