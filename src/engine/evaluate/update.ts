import type { ErrorData } from "#core/base/errors.ts";
import type { EvaluationRun, Outcome } from "#core/evaluate/model.ts";
import type { Progress } from "#core/model.ts";

/** Outcomes that came since the update before. */
export interface CellDelta {
  /** `Cell.key` */
  readonly key: string;
  readonly outcomes: readonly Outcome[];
}

/**
 * One state of a run under way, at most one each `UPDATE_EVERY` and one at the end. Whoever draws takes `added`;
 * `run` is the whole so far.
 */
export interface EvaluationUpdate {
  /** `preparing`: the corpus is looked at, a masked one is made. */
  readonly phase: "preparing" | "running" | "done" | "stopped";
  /** Questions whose outcomes are there, in every cell; while preparing: chunks that are embedded anew. */
  readonly progress: Progress;
  readonly pairs: {
    /** Scored by this run. */
    readonly scored: number;
    /** Taken from what was known. */
    readonly reused: number;
    /** By the time that scoring took, waiting for others not counted; null before the first pair. */
    readonly perSecond: number | null;
  };
  readonly added: readonly CellDelta[];
  /**
   * A new object for each update, over outcome arrays that the engine goes on filling: read it at once, or copy.
   * Null while preparing.
   */
  readonly run: EvaluationRun | null;
  /** Why it stopped before the end, where no person stopped it: the library changed meanwhile. */
  readonly stopped: "library-changed" | null;
  /** The store refused to keep what was computed: the run goes on, a resume will pay again. */
  readonly unsaved: ErrorData | null;
}

/** Milliseconds: four states a second are enough to watch, and a table of 1,000 questions is made in each. */
export const UPDATE_EVERY = 250;
