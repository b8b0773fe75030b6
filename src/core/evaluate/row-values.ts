import { intervalOf, resampledMeans } from "./bootstrap.ts";
import { METRICS, type CountedRow } from "./counted.ts";
import { pairedOf } from "./paired.ts";
import type { MetricValue, Paired } from "./report-model.ts";

/** Rows of the same questions, and what was drawn of them: series by row, then by metric. */
interface Drawn {
  readonly questions: readonly number[];
  readonly means: Float64Array[];
}

/**
 * The means of every row with their intervals, and the differences to another row of the list. Rows that cover the same
 * questions are drawn together: 12 rows of 6 metrics take a third of the time that they take one by one.
 * @param against for row i the position of the row it is compared with, else -1
 */
export function valuesOf(rows: readonly CountedRow[], against: readonly number[], draws: number): MetricValue[][] {
  const drawn = drawTogether(rows, draws);
  return rows.map((row, i) => {
    const mine = drawn[i]!;
    const base = rows[against[i]!];
    return METRICS.map((metric, m) => {
      const values = pick(row.values[m]!, mine.questions);
      const empty = values.length === 0;
      return {
        metric,
        value: values.reduce((sum, value) => sum + value, 0) / values.length,
        interval: empty ? { low: Number.NaN, high: Number.NaN } : intervalOf(mine.means[m]!),
        against: base === undefined ? null : compare(row, base, m, mine, drawn[against[i]!]!, draws),
      };
    });
  });
}

function compare(
  row: CountedRow,
  base: CountedRow,
  metric: number,
  mine: Drawn,
  its: Drawn,
  draws: number,
): Paired | null {
  const differences = differencesOf(row.values[metric]!, base.values[metric]!);
  if (differences.length === 0) return null;
  if (keyOf(mine.questions) !== keyOf(its.questions)) return pairedOf(differences, draws);
  const baseMeans = its.means[metric]!;
  return pairedOf(
    differences,
    draws,
    mine.means[metric]!.map((mean, draw) => mean - baseMeans[draw]!),
  );
}

/** Of the questions that are in both means. */
export function differencesOf(values: Float64Array, base: Float64Array): Float64Array {
  return values.map((value, i) => value - base[i]!).filter((difference) => !Number.isNaN(difference));
}

function drawTogether(rows: readonly CountedRow[], draws: number): Drawn[] {
  const covered = rows.map(({ values }) => [...values[0]!.keys()].filter((i) => !Number.isNaN(values[0]![i])));
  const groups = new Map<string, number[]>();
  for (const [i, questions] of covered.entries()) {
    const key = keyOf(questions);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  const drawn: Drawn[] = [];
  for (const members of groups.values()) {
    const questions = covered[members[0]!]!;
    const series = members.flatMap((i) => rows[i]!.values.map((values) => pick(values, questions)));
    const means = resampledMeans(series, questions.length === 0 ? 0 : draws);
    for (const [at, i] of members.entries()) {
      drawn[i] = { questions, means: means.slice(at * METRICS.length, (at + 1) * METRICS.length) };
    }
  }
  return drawn;
}

function keyOf(questions: readonly number[]): string {
  return questions.join(" ");
}

function pick(values: Float64Array, at: readonly number[]): Float64Array {
  return Float64Array.from(at, (i) => values[i]!);
}
