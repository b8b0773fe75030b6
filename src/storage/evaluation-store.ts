import type { StoreNames } from "idb";
import { toEngineError } from "#core/base/errors.ts";
import type { EvaluationRun } from "#core/evaluate/model.ts";
import { MOST_RUNS, memoryEvaluations, retrievalKey, scoresKey } from "#core/evaluate/memory-store.ts";
import type { EvaluationStore } from "#core/ports.ts";
import { Connection } from "./connection.ts";
import { packRetrieval, packScores, unpackRetrieval, unpackScores } from "./evaluation-columns.ts";
import type { RetrievalColumns, ScoreColumns } from "./evaluation-columns.ts";
import {
  openEvaluationDatabase,
  type Age,
  type EvaluationDatabase,
  type EvaluationSchema,
} from "./evaluation-database.ts";
import { storageError } from "./errors.ts";
import { committed } from "./transaction.ts";

/** Corpora whose retrievals are kept: every change of the library makes another. */
const MOST_CORPORA = 6;

/** The evaluations of one library. Where the browser gives no storage they live in memory, and it says why. */
export async function openEvaluationStore(library = "second-look"): Promise<EvaluationStore> {
  const connection = new Connection((events) => openEvaluationDatabase(`${library}:evaluation`, events));
  const opened = await connection.database().catch((thrown: unknown) => toEngineError(thrown, "STORE_BROKEN"));
  if (opened instanceof Error) return memoryEvaluations(opened.data);

  const using = async <T>(job: (database: EvaluationDatabase) => Promise<T>): Promise<T> => {
    try {
      return await job(await connection.database());
    } catch (error) {
      throw storageError(error);
    }
  };

  return {
    unavailable: null,
    close: () => connection.close(),

    listSets: async () =>
      (await using((database) => database.getAll("sets"))).toSorted(
        (a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1),
      ),
    getSet: (id) => using((database) => database.get("sets", id)),
    putSet: async (set) => void (await using((database) => database.put("sets", set, set.id))),
    deleteSet: (id) =>
      using((database) =>
        committed(database.transaction(["sets", "runs", "ages"], "readwrite"), async (transaction) => {
          await Promise.all(
            (["sets", "runs", "ages"] as const).map((part) => transaction.objectStore(part).delete(id)),
          );
        }),
      ),

    scores: async (of) => {
      const columns = await using((database) => database.get("scores", scoresKey(of)));
      return columns === undefined ? new Map() : unpackScores(columns);
    },
    addScores: async (of, added) => {
      if (added.size === 0) return;
      const key = scoresKey(of);
      // Relaxed: scores lost in a power cut are computed again, and a run writes one value per question.
      await using((database) =>
        committed(
          database.transaction(["scores", "totals"], "readwrite", { durability: "relaxed" }),
          async (transaction) => {
            const [store, totals] = [transaction.objectStore("scores"), transaction.objectStore("totals")];
            const [before, total] = await Promise.all([store.get(key), totals.get("scores")]);
            const known = before === undefined ? new Map<string, number>() : unpackScores(before);
            const count = known.size;
            for (const [passage, logit] of added) known.set(passage, logit);
            const columns = packScores(known);
            const bytes = (total?.bytes ?? 0) + scoreBytes(columns) - (before === undefined ? 0 : scoreBytes(before));
            await Promise.all([
              store.put(columns, key),
              totals.put({ bytes, count: (total?.count ?? 0) + known.size - count }, "scores"),
            ]);
          },
        ),
      );
    },

    retrieval: async (of) => {
      const columns = await using((database) => database.get("retrievals", [of.corpusKey, retrievalKey(of)]));
      return columns === undefined ? undefined : unpackRetrieval(columns);
    },
    putRetrieval: (of, record) =>
      using((database) =>
        committed(
          database.transaction(["retrievals", "corpora"], "readwrite", { durability: "relaxed" }),
          async (transaction) => {
            const [store, corpora] = [transaction.objectStore("retrievals"), transaction.objectStore("corpora")];
            const key: [string, string] = [of.corpusKey, retrievalKey(of)];
            const columns = packRetrieval(record);
            const [before, corpus] = await Promise.all([store.get(key), corpora.get(of.corpusKey)]);
            const bytes =
              (corpus?.bytes ?? 0) + retrievalBytes(columns) - (before === undefined ? 0 : retrievalBytes(before));
            await Promise.all([store.put(columns, key), corpora.put({ usedAt: Date.now(), bytes }, of.corpusKey)]);
            if (corpus !== undefined) return;
            const others = (await oldestFirst(corpora)).filter(({ key: name }) => name !== of.corpusKey);
            for (const { key: name } of others.slice(0, -(MOST_CORPORA - 1))) {
              void corpora.delete(name);
              void store.delete(IDBKeyRange.bound([name], [name, []]));
            }
          },
        ),
      ),

    saveRun: (run) =>
      using((database) =>
        committed(database.transaction(["runs", "ages"], "readwrite"), async (transaction) => {
          const [runs, ages] = [transaction.objectStore("runs"), transaction.objectStore("ages")];
          const others = (await oldestFirst(ages)).filter(({ key }) => key !== run.set.id);
          // Two saves in one millisecond have an order too.
          const usedAt = Math.max(Date.now(), 1 + (others.at(-1)?.usedAt ?? 0));
          await Promise.all([runs.put(run, run.set.id), ages.put({ usedAt, bytes: runBytes(run) }, run.set.id)]);
          for (const { key } of others.slice(0, -(MOST_RUNS - 1))) {
            void runs.delete(key);
            void ages.delete(key);
          }
        }),
      ),
    lastRun: (setId) =>
      using(async (database) => {
        const transaction = database.transaction(["runs", "ages"], "readonly");
        const id = setId ?? (await oldestFirst(transaction.objectStore("ages"))).at(-1)?.key;
        return id === undefined ? undefined : transaction.objectStore("runs").get(id);
      }),

    rate: (kind, id) => using((database) => database.get("rates", `${kind} ${id}`)),
    putRate: async (kind, id, rate) => void (await using((database) => database.put("rates", rate, `${kind} ${id}`))),

    report: () =>
      using(async (database) => {
        const transaction = database.transaction(["sets", "ages", "corpora", "totals"], "readonly");
        const [sets, runs, corpora, total] = await Promise.all([
          transaction.objectStore("sets").getAll(),
          transaction.objectStore("ages").getAll(),
          transaction.objectStore("corpora").getAll(),
          transaction.objectStore("totals").get("scores"),
        ]);
        const setBytes = JSON.stringify(sets).length;
        const bytes = [...runs, ...corpora].reduce((sum, one) => sum + one.bytes, setBytes + (total?.bytes ?? 0));
        return { bytes, sets: sets.length, runs: runs.length, scores: total?.count ?? 0 };
      }),
    clear: (sets) =>
      using((database) => {
        const all: StoreNames<EvaluationSchema>[] = [...database.objectStoreNames];
        const parts = all.filter((part) => sets || part !== "sets");
        return committed(database.transaction(parts, "readwrite"), async (transaction) => {
          await Promise.all(parts.map((part) => transaction.objectStore(part).clear()));
        });
      }),
  };
}

interface Aged {
  getAllKeys(): Promise<string[]>;
  getAll(): Promise<Age[]>;
}

async function oldestFirst(store: Aged): Promise<{ readonly key: string; readonly usedAt: number }[]> {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const aged = keys.map((key, i) => ({ key, usedAt: values[i]!.usedAt }));
  return aged.toSorted((a, b) => a.usedAt - b.usedAt);
}

function scoreBytes({ passages, logits }: ScoreColumns): number {
  return passages.length + logits.byteLength;
}

function retrievalBytes({ chunks, documents, owners, numbers }: RetrievalColumns): number {
  return chunks.length + 64 * documents.length + owners.byteLength + numbers.byteLength;
}

/** About: an item, its chunk and its score are some 80 bytes as they are cloned; the text of a run would be megabytes. */
function runBytes({ cells, set }: EvaluationRun): number {
  const items = cells.flatMap(({ outcomes }) => outcomes).reduce((sum, { items: list }) => sum + list.length, 0);
  return 80 * items + JSON.stringify(set).length;
}
