import { METRICS, type CountedRow } from "./counted.ts";
import type { MetricName } from "./model.ts";
import { isSignificant, moreQuestions, pairedOf } from "./paired.ts";
import { randomizationTest } from "./randomization.ts";
import type { Recommendation, ReportRow } from "./report-model.ts";
import { differencesOf } from "./row-values.ts";

/** Rule P5: the best row that re-ranks against the best that does not, whatever their retrieval. */
export function recommend(
  counted: readonly CountedRow[],
  rows: readonly ReportRow[],
  metric: MetricName,
  draws: number,
): Recommendation | null {
  const at = METRICS.indexOf(metric);
  const order = [...rows.keys()]
    .filter((i) => rows[i]!.questions > 0)
    .toSorted(
      (a, b) => rows[b]!.values[at]!.value - rows[a]!.values[at]!.value || medianOf(rows[a]!) - medianOf(rows[b]!),
    );
  const isOff = (i: number): boolean => rows[i]!.cell.reranker === "off";
  const [best, other] = [order.find((i) => !isOff(i)), order.find(isOff)];
  if (best === undefined || other === undefined) return null;

  const between = (a: number, b: number): Float64Array =>
    differencesOf(counted[a]!.values[at]!, counted[b]!.values[at]!);
  const differences = between(best, other);
  if (differences.length === 0) return null;
  const { difference, p, worse, significant } = pairedOf(differences, draws);
  const [winner, loser] = worse ? [other, best] : [best, other];
  const facts = {
    metric,
    cell: rows[winner]!.cell,
    against: rows[loser]!.cell,
    gain: Math.abs(difference),
    p,
  };
  if (!significant) {
    return { kind: "too-small", ...facts, questions: differences.length, more: moreQuestions(differences) };
  }
  if (worse) return { kind: "off", ...facts };
  const asGood = order.filter((i) => !isOff(i) && (i === best || !tells(between(best, i), draws)));
  const fastest = asGood.toSorted((a, b) => medianOf(rows[a]!) - medianOf(rows[b]!))[0]!;
  const isFaster = medianOf(rows[fastest]!) < medianOf(rows[best]!) && medianOf(rows[best]!) < Infinity;
  return { kind: "best", ...facts, faster: isFaster ? rows[fastest]!.cell : null };
}

/** Whether the questions tell two rows apart; without a shared question nothing does, and that is no recommendation. */
function tells(differences: Float64Array, draws: number): boolean {
  return differences.length === 0 || isSignificant(randomizationTest(differences, draws).p);
}

function medianOf({ latency }: ReportRow): number {
  return latency?.median ?? Infinity;
}
