import { ceilingOf } from "./ceiling.ts";
import { countRow, METRICS, offRowOf, type CountedRow } from "./counted.ts";
import { latencyOf } from "./latency.ts";
import type { EvaluationRun, MetricName } from "./model.ts";
import { movementOf } from "./movement.ts";
import { recommend } from "./recommend.ts";
import type { ChartPoint, CountSettings, EvaluationReport, MetricValue, ReportRow } from "./report-model.ts";
import { valuesOf } from "./row-values.ts";

/** Means of the same values in another order differ by rounding. */
const ROUNDING = 1e-12;

export interface ReportOptions {
  /** What "better", "worse" and the recommendation are said of. */
  readonly headline?: MetricName;
  /** Of the bootstrap and the randomization test: 10,000 once a run is over, a tenth is enough while it goes on. */
  readonly draws?: number;
}

/** The table of a run, whole or under way (rules P1 to P6 in SPEC.md). 12 rows of 1,000 questions take about a second. */
export function reportOf(
  run: EvaluationRun,
  counted: CountSettings,
  { headline = "ndcg", draws = 10_000 }: ReportOptions = {},
): EvaluationReport {
  const countedRows = run.cells.map((row) => countRow(run, row, counted));
  const against = run.cells.map((row) => run.cells.findIndex((other) => other === offRowOf(run, row)));
  const values = valuesOf(countedRows, against, draws);
  const rows = countedRows.map((row, i) => rowOf(run, row, values[i]!, headline, counted));
  return {
    counted,
    headline,
    rows,
    recommendation: recommend(countedRows, rows, headline, draws),
    ceilings: run.cells.filter(({ cell }) => cell.reranker === "off").map((row) => ceilingOf(run, row, counted)),
    questions: run.set.questions.length,
  };
}

function rowOf(
  run: EvaluationRun,
  { row, values: numbers }: CountedRow,
  values: MetricValue[],
  headline: MetricName,
  counted: CountSettings,
): ReportRow {
  const against = values.find(({ metric }) => metric === headline)?.against ?? null;
  const isSame = against === null || Math.abs(against.difference) <= ROUNDING;
  const shown = row.outcomes.flatMap(({ questionId, items }) =>
    items.slice(0, counted.k).map((item) => run.grades.get(questionId)?.has(item) === true),
  );
  return {
    cell: row.cell,
    questions: numbers[0]!.filter((value) => !Number.isNaN(value)).length,
    answered: row.outcomes.length,
    values,
    latency: latencyOf(row.outcomes),
    unjudged: shown.length === 0 ? 0 : shown.filter((judged) => !judged).length / shown.length,
    fallbacks: row.outcomes.filter(({ fallback }) => fallback !== null).length,
    result: isSame ? null : against.worse ? "worse" : "better",
    movement: movementOf(run, row, counted.k),
  };
}

/** Quality against latency: the rows that were timed, in the table's order. */
export function chartOf({ rows }: EvaluationReport, metric: MetricName): ChartPoint[] {
  const at = METRICS.indexOf(metric);
  const points = rows.flatMap(({ cell, values, latency }) => {
    const { value, interval } = values[at]!;
    return latency === null || Number.isNaN(value)
      ? []
      : [{ cell, value, interval, median: latency.median, p95: latency.p95 }];
  });
  return points.map((point) => ({ ...point, best: !points.some((other) => dominates(other, point)) }));
}

type Placed = Pick<ChartPoint, "value" | "median">;

function dominates(a: Placed, b: Placed): boolean {
  return a.value >= b.value && a.median <= b.median && (a.value > b.value || a.median < b.median);
}
