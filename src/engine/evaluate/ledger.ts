import { gradesOf } from "#core/evaluate/items.ts";
import type { Cell, EvaluationRun, Grid, Outcome, QuestionSet } from "#core/evaluate/model.ts";
import type { Milliseconds, ModelStamp } from "#core/model.ts";
import { modelKey } from "#core/rerank/score-cache.ts";

interface Line {
  readonly cell: Cell;
  readonly outcomes: Outcome[];
  embedder: ModelStamp | null;
  reranker: ModelStamp | null;
  /** How many outcomes were given away as news. */
  told: number;
}

/** What one cell made of a question, with the models that it ran with. */
export interface Entry {
  readonly outcome: Outcome;
  readonly embedder: ModelStamp | null;
  readonly reranker: ModelStamp | null;
}

interface Facts {
  readonly set: QuestionSet;
  readonly grid: Grid;
  readonly corpusKey: string;
  readonly corpus: EvaluationRun["corpus"];
  readonly startedAt: number;
}

/** The run as it grows: a question is in it with all its cells, or not at all. */
export class Ledger {
  readonly #facts: Facts;
  readonly #grades: EvaluationRun["grades"];
  readonly #lines: readonly Line[];

  constructor(facts: Facts, cells: readonly Cell[]) {
    this.#facts = facts;
    this.#grades = new Map(facts.set.questions.map(({ id, targets }) => [id, gradesOf(targets)]));
    this.#lines = cells.map((cell) => ({ cell, outcomes: [], embedder: null, reranker: null, told: 0 }));
  }

  /** @param entries one for each cell, in their order */
  add(entries: readonly Entry[]): void {
    for (const [i, { outcome, embedder, reranker }] of entries.entries()) {
      const line = this.#lines[i]!;
      line.outcomes.push(outcome);
      // The first question that no model reads has no stamp; the next one has.
      line.embedder ??= embedder;
      line.reranker ??= reranker;
    }
  }

  /** Outcomes since the last call. */
  news(): { readonly key: string; readonly outcomes: readonly Outcome[] }[] {
    return this.#lines.flatMap((line) => {
      const outcomes = line.outcomes.slice(line.told);
      line.told = line.outcomes.length;
      return outcomes.length === 0 ? [] : [{ key: line.cell.key, outcomes }];
    });
  }

  run(finished: boolean): EvaluationRun {
    const cells = this.#lines.map(({ cell, outcomes, embedder, reranker }) => ({ cell, outcomes, embedder, reranker }));
    return { ...this.#facts, grades: this.#grades, cells, finished };
  }
}

/** What an earlier run of the same cells over the same corpus measured: a resumed one has the time, not the work. */
export class EarlierTimes {
  readonly #times = new Map<string, Milliseconds>();

  constructor(run: EvaluationRun | undefined, corpusKey: string) {
    if (run === undefined || run.corpusKey !== corpusKey) return;
    for (const { cell, outcomes, embedder, reranker } of run.cells) {
      for (const { questionId, milliseconds, fallback } of outcomes) {
        if (milliseconds === null || fallback !== null) continue;
        this.#times.set(timeKey(cell, questionId, embedder, reranker), milliseconds);
      }
    }
  }

  of(cell: Cell, { outcome, embedder, reranker }: Entry): Milliseconds | null {
    if (outcome.fallback !== null) return null;
    return this.#times.get(timeKey(cell, outcome.questionId, embedder, reranker)) ?? null;
  }
}

function timeKey(cell: Cell, question: string, embedder: ModelStamp | null, reranker: ModelStamp | null): string {
  const models = [embedder, reranker].map((stamp) => (stamp === null ? "" : modelKey(stamp)));
  return JSON.stringify([cell.key, question, ...models]);
}
