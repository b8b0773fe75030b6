/** The numbers of a run, question by question, before anything is averaged. */
import { measureAll } from "./metrics.ts";
import type { CellOutcomes, EvaluationRun, MetricName, MetricOptions, QuestionId } from "./model.ts";
import { PRESETS } from "./presets.ts";
import type { CountSettings } from "./report-model.ts";

/** The metrics of a report, in the order of its columns. */
export const METRICS: readonly MetricName[] = ["hit", "mrr", "ndcg", "recall", "precision", "map"];

export interface CountedRow {
  readonly row: CellOutcomes;
  /** In the order of METRICS, one number per question of the set; NaN = not in the mean, then in every metric. */
  readonly values: readonly Float64Array[];
}

/** What has not run yet is not missing (rule P1). */
export function optionsOf(run: EvaluationRun, { preset }: CountSettings): MetricOptions {
  return run.finished ? PRESETS[preset] : { ...PRESETS[preset], missing: "skip" };
}

export function countRow(run: EvaluationRun, row: CellOutcomes, counted: CountSettings): CountedRow {
  const ids = run.set.questions.map(({ id }) => id);
  return { row, values: METRICS.map((metric) => countMetric(run, row, metric, counted, ids)) };
}

export function countMetric(
  run: EvaluationRun,
  row: CellOutcomes,
  metric: MetricName,
  counted: CountSettings,
  ids: readonly QuestionId[],
): Float64Array {
  const lists = new Map(row.outcomes.map((outcome) => [outcome.questionId, outcome]));
  return measureAll(metric, counted.k, ids, lists, run.grades, optionsOf(run, counted));
}

/** The row of `off` that a row is compared with; undefined for `off` itself. */
export function offRowOf(run: EvaluationRun, { cell }: CellOutcomes): CellOutcomes | undefined {
  if (cell.reranker === "off") return undefined;
  return run.cells.find(
    ({ cell: other }) =>
      other.reranker === "off" && other.retrieval === cell.retrieval && other.embedder === cell.embedder,
  );
}
