import type { ErrorData } from "../base/errors.ts";
import type { EvaluationStore, ModelRate, RetrievalOf, RetrievalRecord, ScoresOf } from "../ports.ts";
import type { EvaluationRun, QuestionSet } from "./model.ts";
import { modelKey, textKey } from "../rerank/score-cache.ts";

/** Questions whose scores, and whose candidates, are kept in memory: 1,000 questions × 2 modes, some 40 MB at pool 200. */
const MOST_QUESTIONS = 2_000;

/** Runs kept, one for a set. */
export const MOST_RUNS = 10;

export function scoresKey({ reranker, query }: ScoresOf): string {
  return `${modelKey(reranker)} ${textKey(query)}`;
}

/** Without the corpus, which is a key of its own. */
export function retrievalKey({ mode, engine, embedder, query }: Omit<RetrievalOf, "corpusKey">): string {
  return `${mode} ${engine} ${modelKey(embedder)} ${textKey(query)}`;
}

/** Evaluations in memory: stands in where the browser gives no storage, and serves tests. Forgets the oldest questions. */
export function memoryEvaluations(unavailable: ErrorData | null = null): EvaluationStore {
  const sets = new Map<string, QuestionSet>();
  const runs = new Map<string, EvaluationRun>();
  const rates = new Map<string, ModelRate>();
  const scores = new Map<string, Map<string, number>>();
  const retrievals = new Map<string, RetrievalRecord>();

  return {
    unavailable,
    listSets: async () => [...sets.values()].toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1)),
    getSet: async (id) => sets.get(id),
    putSet: async (set) => void sets.set(set.id, set),
    deleteSet: async (id) => {
      sets.delete(id);
      runs.delete(id);
    },
    scores: async (of) => new Map(scores.get(scoresKey(of))),
    addScores: async (of, added) => {
      const key = scoresKey(of);
      keep(scores, key, new Map([...(scores.get(key) ?? []), ...added]), MOST_QUESTIONS);
    },
    retrieval: async (of) => retrievals.get(`${of.corpusKey} ${retrievalKey(of)}`),
    putRetrieval: async (of, record) => keep(retrievals, `${of.corpusKey} ${retrievalKey(of)}`, record, MOST_QUESTIONS),
    saveRun: async (run) => keep(runs, run.set.id, structureOf(run), MOST_RUNS),
    lastRun: async (setId) => (setId === null ? [...runs.values()].at(-1) : runs.get(setId)),
    rate: async (kind, id) => rates.get(`${kind} ${id}`),
    putRate: async (kind, id, rate) => void rates.set(`${kind} ${id}`, rate),
    report: async () => {
      const logits = [...scores.values()].reduce((sum, known) => sum + known.size, 0);
      return { bytes: 0, sets: sets.size, runs: runs.size, scores: logits };
    },
    clear: async (withSets) => {
      for (const kept of [scores, retrievals, rates, runs]) kept.clear();
      if (withSets) sets.clear();
    },
    close: () => {},
  };
}

function keep<V>(entries: Map<string, V>, key: string, value: V, most: number): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > most && oldest !== undefined) entries.delete(oldest);
}

/** The engine goes on filling the outcomes of a run that it saves half way. */
function structureOf(run: EvaluationRun): EvaluationRun {
  return { ...run, cells: run.cells.map((cell) => ({ ...cell, outcomes: [...cell.outcomes] })) };
}
