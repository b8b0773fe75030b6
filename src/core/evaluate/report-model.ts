/** What the table, the chart and the sentence about the best setting are drawn from. Facts; the words are made in `ui/`. */
import type { Milliseconds } from "../model.ts";
import type { Interval } from "./bootstrap.ts";
import type { Cell, MetricName, QuestionId } from "./model.ts";
import type { Movement } from "./movement.ts";
import type { PresetName } from "./presets.ts";

/** How everything is counted. */
export interface CountSettings {
  readonly preset: PresetName;
  /** Where every list is cut. */
  readonly k: number;
}

/** Two rows, question by question: `value` of the one minus `value` of the other. */
export interface Paired {
  readonly difference: number;
  readonly interval: Interval;
  /** Of the randomization test; `exact`: counted, not sampled. */
  readonly p: number;
  readonly exact: boolean;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** The mean is lower (rule P3), by luck or not. */
  readonly worse: boolean;
  /** p below .05. */
  readonly significant: boolean;
}

export interface MetricValue {
  readonly metric: MetricName;
  /** Mean over the row's questions; NaN without any. */
  readonly value: number;
  readonly interval: Interval;
  /** Against `off` of the same retrieval and embedder. Null in the row of `off`, and where no question ran in both. */
  readonly against: Paired | null;
}

export interface Latency {
  readonly median: Milliseconds;
  readonly p95: Milliseconds;
  /** Questions that were timed: those answered from a cache were not. */
  readonly measured: number;
}

export interface ReportRow {
  readonly cell: Cell;
  /** Questions in the means. */
  readonly questions: number;
  /** Of those, with a list. */
  readonly answered: number;
  /** One for each metric, in the order of METRICS. */
  readonly values: readonly MetricValue[];
  /** Null where nothing was timed. */
  readonly latency: Latency | null;
  /** Share of items in the first k that nobody judged, 0 to 1. */
  readonly unjudged: number;
  /** Questions that did not run as asked. */
  readonly fallbacks: number;
  /** Better or worse than `off` in the headline metric. Null in the row of `off` and where the mean is the same. */
  readonly result: "better" | "worse" | null;
  /** Null in the row of `off`. */
  readonly movement: Movement | null;
}

/** Rule P5. `against` is the row that was compared with; `gain` is above 0. */
export type Recommendation =
  | {
      readonly kind: "best";
      readonly metric: MetricName;
      readonly cell: Cell;
      readonly against: Cell;
      readonly gain: number;
      readonly p: number;
      /** The fastest re-ranked row that cannot be told from the best, where that is another. */
      readonly faster: Cell | null;
    }
  /** Without re-ranking it is best; `against` is the best re-ranked row. */
  | {
      readonly kind: "off";
      readonly metric: MetricName;
      readonly cell: Cell;
      readonly against: Cell;
      readonly gain: number;
      readonly p: number;
    }
  /** `more` questions would show the difference seen, if it is real; null where none was seen, or it has no variance yet. */
  | {
      readonly kind: "too-small";
      readonly metric: MetricName;
      readonly cell: Cell;
      readonly against: Cell;
      readonly gain: number;
      readonly p: number;
      readonly questions: number;
      readonly more: number | null;
    };

export interface CeilingPoint {
  readonly pool: number;
  /** Questions with a relevant item among the first `pool` chunks: no re-ranker finds more. */
  readonly found: number;
  /** Mean share of a question's relevant items that are there, 0 to 1. */
  readonly recall: number;
}

export interface CeilingCurve {
  /** The row of `off` whose list it is. */
  readonly cell: Cell;
  /** For pool = 1 to the depth of that row. */
  readonly points: readonly CeilingPoint[];
  /** Questions that ran and have a relevant item: what `found` is out of. */
  readonly questions: number;
}

/** One question under one re-ranked row and the row of `off` beside it. */
export interface QuestionGain {
  readonly id: QuestionId;
  readonly text: string;
  /** Rank of the first relevant item, from 1; null = not in the list. `off` is as deep as the largest pool of the run. */
  readonly before: number | null;
  readonly after: number | null;
  /** The metric after minus before. */
  readonly gain: number;
  readonly result: "won" | "lost" | "same" | "out-of-pool";
}

export interface ChartPoint {
  readonly cell: Cell;
  readonly value: number;
  readonly interval: Interval;
  readonly median: Milliseconds;
  readonly p95: Milliseconds;
  /** No other point is at least as good and as fast, and better in one of the two. */
  readonly best: boolean;
}

export interface EvaluationReport {
  readonly counted: CountSettings;
  readonly headline: MetricName;
  readonly rows: readonly ReportRow[];
  /** Null without a question, and where nothing was re-ranked. */
  readonly recommendation: Recommendation | null;
  /** One for each row of `off`. */
  readonly ceilings: readonly CeilingCurve[];
  /** Questions of the set. */
  readonly questions: number;
}
