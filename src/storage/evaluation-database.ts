import type { DBSchema, IDBPDatabase } from "idb";
import type { EvaluationRun, QuestionSet } from "#core/evaluate/model.ts";
import type { ModelRate } from "#core/ports.ts";
import { openVersioned, type ConnectionEvents, type VersionStep } from "./open.ts";
import type { RetrievalColumns, ScoreColumns } from "./evaluation-columns.ts";

export interface Age {
  /** Milliseconds since 1970. */
  readonly usedAt: number;
  readonly bytes: number;
}

/** What a store holds, kept with every write: counting by reading would read everything. */
interface Total {
  readonly bytes: number;
  readonly count: number;
}

export interface EvaluationSchema extends DBSchema {
  sets: { key: string; value: QuestionSet };
  /** By `scoresKey`: one value per question and re-ranker. */
  scores: { key: string; value: ScoreColumns };
  /** By corpus key, then `retrievalKey`: a corpus that is gone is one range. */
  retrievals: { key: [string, string]; value: RetrievalColumns };
  /** Corpora whose retrievals are kept, with the bytes of those. */
  corpora: { key: string; value: Age };
  /** By the set's id. */
  runs: { key: string; value: EvaluationRun };
  /** Of each run, so that a run of megabytes is not read to learn how old it is. */
  ages: { key: string; value: Age };
  rates: { key: string; value: ModelRate };
  /** Of `scores` alone; the others are few. */
  totals: { key: "scores"; value: Total };
}

const EVALUATION_PARTS = ["sets", "scores", "retrievals", "corpora", "runs", "ages", "rates", "totals"] as const;
export type EvaluationDatabase = IDBPDatabase<EvaluationSchema>;

const UPGRADERS: readonly VersionStep<EvaluationSchema>[] = [
  (database) => {
    for (const part of EVALUATION_PARTS) database.createObjectStore(part);
  },
];

export function openEvaluationDatabase(name: string, events: ConnectionEvents): Promise<EvaluationDatabase> {
  return openVersioned<EvaluationSchema>(name, events, UPGRADERS);
}
