/** Could re-ranking have saved it? What is in the pool, and what became of it. */
import { countMetric, offRowOf, optionsOf } from "./counted.ts";
import { isRelevant, relevantOf } from "./metrics.ts";
import type { CellOutcomes, EvaluationRun, Grades, MetricName, MetricOptions, Outcome } from "./model.ts";
import { countedItems } from "./order.ts";
import type { CeilingCurve, CountSettings, QuestionGain } from "./report-model.ts";

const UNGRADED: Grades = new Map();
/** Metrics of the same lists differ by rounding alone below this. */
const ROUNDING = 1e-12;

/** Rule P7. @param row of `off`: its list is the pool */
export function ceilingOf(run: EvaluationRun, row: CellOutcomes, counted: CountSettings): CeilingCurve {
  const options = optionsOf(run, counted);
  const found = new Float64Array(row.cell.pool + 1);
  const recall = new Float64Array(row.cell.pool + 1);
  let questions = 0;
  for (const outcome of row.outcomes) {
    const grades = run.grades.get(outcome.questionId) ?? UNGRADED;
    const relevant = relevantOf(grades, options);
    if (relevant === 0) continue;
    questions++;
    const ranks = relevantRanks(outcome, grades, options).filter((rank) => rank <= row.cell.pool);
    for (const [i, rank] of ranks.entries()) {
      if (i === 0) found[rank]!++;
      recall[rank]! += 1 / relevant;
    }
  }
  let [soFar, share] = [0, 0];
  const points = Array.from({ length: row.cell.pool }, (_, i) => {
    soFar += found[i + 1]!;
    share += recall[i + 1]!;
    return { pool: i + 1, found: soFar, recall: questions === 0 ? 0 : share / questions };
  });
  return { cell: row.cell, points, questions };
}

/**
 * Every question that ran in a re-ranked row and in its row of `off`, best gain first, equal ones in the set's order (P8).
 * Empty for the row of `off` and for an unknown key.
 */
export function gainsOf(
  run: EvaluationRun,
  cellKey: string,
  metric: MetricName,
  counted: CountSettings,
): QuestionGain[] {
  const row = run.cells.find(({ cell }) => cell.key === cellKey);
  const off = row && offRowOf(run, row);
  if (row === undefined || off === undefined) return [];
  const options = optionsOf(run, counted);
  const ids = run.set.questions.map(({ id }) => id);
  const [before, after] = [off, row].map((each) => ({
    values: countMetric(run, each, metric, counted, ids),
    outcomes: new Map(each.outcomes.map((outcome) => [outcome.questionId, outcome])),
  }));
  return run.set.questions
    .flatMap(({ id, text }, i): QuestionGain[] => {
      const [old, now] = [before!.outcomes.get(id), after!.outcomes.get(id)];
      if (old === undefined || now === undefined) return [];
      const grades = run.grades.get(id) ?? UNGRADED;
      const gain = after!.values[i]! - before!.values[i]!;
      const isOut = relevantOf(grades, options) > 0 && !isInPool(old, grades, row.cell.pool, options);
      return [
        {
          id,
          text,
          before: firstRelevant(old, grades, options),
          after: firstRelevant(now, grades, options),
          gain,
          result: isOut ? "out-of-pool" : resultOf(gain),
        },
      ];
    })
    .toSorted((a, b) => b.gain - a.gain);
}

function resultOf(gain: number): QuestionGain["result"] {
  if (Math.abs(gain) <= ROUNDING) return "same";
  return gain > 0 ? "won" : "lost";
}

function isInPool(off: Outcome, grades: Grades, pool: number, options: MetricOptions): boolean {
  return (relevantRanks(off, grades, options)[0] ?? Infinity) <= pool;
}

/** Among the chunks, ascending: pools count chunks. */
function relevantRanks({ items, ranks }: Outcome, grades: Grades, options: MetricOptions): number[] {
  return ranks.filter((_, i) => isRelevant(grades.get(items[i]!), options));
}

/** Among the items as they are counted: 1 / this is the reciprocal rank. */
function firstRelevant(outcome: Outcome, grades: Grades, options: MetricOptions): number | null {
  const at = countedItems(outcome, grades, options).findIndex((item) => isRelevant(grades.get(item), options));
  return at === -1 ? null : at + 1;
}
