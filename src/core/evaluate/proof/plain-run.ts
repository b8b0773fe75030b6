import type { CellOutcomes, EvaluationRun, Grade, Outcome, QuestionId } from "../model.ts";

/** A run as JSON holds it: maps as pairs, so that no id is taken for a property of an object; null for NaN. */
export interface PlainRun extends Omit<EvaluationRun, "grades" | "cells"> {
  readonly grades: readonly (readonly [
    question: QuestionId,
    items: readonly (readonly [item: string, grade: Grade])[],
  ])[];
  readonly cells: readonly PlainCell[];
}

export interface PlainCell extends Omit<CellOutcomes, "outcomes"> {
  readonly outcomes: readonly PlainOutcome[];
}

export interface PlainOutcome extends Omit<Outcome, "scores"> {
  readonly scores: readonly (number | null)[];
}

export function plainRun(run: EvaluationRun): PlainRun {
  return {
    ...run,
    grades: Array.from(run.grades, ([question, items]) => [question, [...items]] as const),
    cells: run.cells.map((cell) => ({
      ...cell,
      outcomes: cell.outcomes.map((outcome) => ({
        ...outcome,
        scores: outcome.scores.map((score) => (Number.isFinite(score) ? score : null)),
      })),
    })),
  };
}

export function runOfPlain(run: PlainRun): EvaluationRun {
  return {
    ...run,
    grades: new Map(run.grades.map(([question, items]) => [question, new Map(items)])),
    cells: run.cells.map((cell) => ({
      ...cell,
      outcomes: cell.outcomes.map((outcome) => ({
        ...outcome,
        scores: outcome.scores.map((score) => score ?? Number.NaN),
      })),
    })),
  };
}
