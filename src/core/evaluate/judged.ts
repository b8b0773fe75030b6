import type { Chunk } from "../model.ts";
import { gradesOf, itemsOf } from "./items.ts";
import { questionIdOf } from "./judge.ts";
import { measure } from "./metrics.ts";
import type { QuestionSet } from "./model.ts";
import { PRESETS } from "./presets.ts";

export interface JudgedNumbers {
  /** 1 where the top k hold a relevant passage, else 0. */
  readonly hit: number;
  /** One divided by the rank of the first relevant passage of the whole list; 0 where there is none. */
  readonly reciprocalRank: number;
  readonly ndcg: number;
  /** Passages of the top k that nobody has graded: counted as not relevant. */
  readonly unjudged: number;
}

export interface JudgedQuestion {
  readonly k: number;
  readonly relevant: number;
  readonly judged: number;
  readonly before: JudgedNumbers;
  /** Null where nothing was re-ranked. */
  readonly after: JudgedNumbers | null;
}

/** What the grades given so far say of one question, as trec_eval counts; null while nothing is graded. */
export function judgedQuestion(
  set: QuestionSet,
  question: string,
  k: number,
  before: readonly Chunk[],
  after: readonly Chunk[] | null,
): JudgedQuestion | null {
  const id = questionIdOf(question);
  const targets = set.questions.find((known) => known.id === id)?.targets ?? [];
  if (targets.length === 0) return null;
  const grades = gradesOf(targets);
  const numbers = (ranked: readonly Chunk[]): JudgedNumbers => {
    const { items } = itemsOf(ranked, targets, "passage", (chunk) => chunk.firstPage);
    const options = PRESETS.trec_eval;
    return {
      hit: measure("hit", k, { items }, grades, options),
      reciprocalRank: measure("mrr", Infinity, { items }, grades, options),
      ndcg: measure("ndcg", k, { items }, grades, options),
      unjudged: items.slice(0, k).filter((item) => !grades.has(item)).length,
    };
  };
  return {
    k,
    judged: grades.size,
    relevant: [...grades.values()].filter((grade) => grade > 0).length,
    before: numbers(before),
    after: after === null ? null : numbers(after),
  };
}
