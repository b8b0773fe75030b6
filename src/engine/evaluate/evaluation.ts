import type { CostEstimate, EvaluationRun, Grid, QuestionSet } from "#core/evaluate/model.ts";
import type { Signal } from "#core/ports.ts";
import type { EvaluationUpdate } from "./update.ts";

/** What the page asks of the evaluation; `EvaluationEngine` does it. */
export interface Evaluation {
  /**
   * What a run would cost now. Loads no model. Pairs are an upper bound where a question was not retrieved yet: pools of
   * several modes overlap, and how much is known only then.
   * @throws CANCELLED, STORE_BROKEN, STORE_BLOCKED
   */
  estimate(set: QuestionSet, grid: Grid, signal: Signal): Promise<CostEstimate>;

  /**
   * Runs every cell, question by question. A stop is no error: the partial run holds the questions that every cell has
   * done, and the next run of the same settings pays only for the rest. A failing re-ranker is a fallback in the
   * question's outcome.
   * @throws LIBRARY_EMPTY, WORKER_CRASHED (the index, twice), UNEXPECTED {embedder | reranker} (the grid names what is not there)
   */
  run(
    set: QuestionSet,
    grid: Grid,
    signal: Signal,
    onUpdate: (update: EvaluationUpdate) => void,
  ): Promise<EvaluationRun>;
}
