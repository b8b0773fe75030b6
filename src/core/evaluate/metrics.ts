import type { Grade, Grades, MetricName, MetricOptions, QuestionId } from "./model.ts";
import { countedItems, type RankedItems } from "./order.ts";

/**
 * One metric of one question, 0 to 1 (rules M1 to M9 in SPEC.md).
 * @param k whole number from 1, or Infinity: the list given is the cut
 */
export function measure(
  metric: MetricName,
  k: number,
  list: RankedItems,
  grades: Grades,
  options: MetricOptions,
): number {
  const top = countedItems(list, grades, options).slice(0, k);
  const relevant = (item: string): boolean => isRelevant(grades.get(item), options);
  switch (metric) {
    case "hit":
      return top.some(relevant) ? 1 : 0;
    case "mrr":
      return 1 / (top.findIndex(relevant) + 1 || Infinity);
    case "precision":
      return share(count(top, relevant), k === Infinity ? top.length : k);
    case "recall":
      return share(count(top, relevant), relevantOf(grades, options));
    case "map":
      return share(precisionsAtHits(top, relevant), relevantOf(grades, options));
    case "ndcg":
      return ndcg(top, k, grades, options);
  }
}

/**
 * One metric of every question, in the order of `questions`. A question without a list is 0, or NaN where it is left out
 * of the mean (rule M7).
 */
export function measureAll(
  metric: MetricName,
  k: number,
  questions: readonly QuestionId[],
  lists: ReadonlyMap<QuestionId, RankedItems>,
  grades: ReadonlyMap<QuestionId, Grades>,
  options: MetricOptions,
): Float64Array {
  return Float64Array.from(questions, (id) => {
    const list = lists.get(id);
    if (list === undefined) return options.missing === "zero" ? 0 : Number.NaN;
    return measure(metric, k, list, grades.get(id) ?? new Map(), options);
  });
}

/** Of the numbers that are not NaN; NaN of none. */
export function meanOf(values: Float64Array): number {
  const counted = values.filter((value) => !Number.isNaN(value));
  return counted.reduce((sum, value) => sum + value, 0) / counted.length;
}

/** An unjudged item is never relevant, however low the threshold. */
export function isRelevant(grade: Grade | undefined, { relevantFrom }: Pick<MetricOptions, "relevantFrom">): boolean {
  return grade !== undefined && grade >= relevantFrom;
}

/** How many items of a question are relevant. */
export function relevantOf(grades: Grades, options: Pick<MetricOptions, "relevantFrom">): number {
  return count([...grades.values()], (grade) => isRelevant(grade, options));
}

/** Σ of precision at the rank of every hit. */
function precisionsAtHits(top: readonly string[], relevant: (item: string) => boolean): number {
  let hits = 0;
  let sum = 0;
  for (const [i, item] of top.entries()) if (relevant(item)) sum += ++hits / (i + 1);
  return sum;
}

function ndcg(top: readonly string[], k: number, grades: Grades, options: MetricOptions): number {
  if (options.ideal === "llamaindex") {
    const gain = (item: string): number => (isRelevant(grades.get(item), options) ? 1 : 0);
    return share(dcg(top.map(gain)), dcg(Array.from({ length: relevantOf(grades, options) }, () => 1)));
  }
  const gain = (grade: Grade): number => gainOf(grade, options.gain);
  const ideal = Array.from(grades.values(), gain).toSorted((a, b) => b - a);
  return share(dcg(top.map((item) => gain(grades.get(item) ?? 0))), dcg(ideal.slice(0, k)));
}

/** Grades below 0 gain nothing but keep their rank. */
function gainOf(grade: Grade, gain: MetricOptions["gain"]): number {
  if (grade <= 0) return 0;
  return gain === "linear" ? grade : 2 ** grade - 1;
}

function dcg(gains: readonly number[]): number {
  return gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

function count<T>(values: readonly T[], fits: (value: T) => boolean): number {
  let found = 0;
  for (const value of values) if (fits(value)) found++;
  return found;
}

/** Nothing of nothing is 0: a question without an answer counts, as nothing found. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
