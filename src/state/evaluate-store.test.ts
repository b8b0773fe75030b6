import { expect, test, vi } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { gainsOf } from "#core/evaluate/ceiling.ts";
import { cellsOf } from "#core/evaluate/cells.ts";
import { memoryEvaluations } from "#core/evaluate/memory-store.ts";
import type { EvaluationRun, Grid, QuestionSet } from "#core/evaluate/model.ts";
import { reportOf } from "#core/evaluate/report.ts";
import type { Evaluation } from "#engine/evaluate/evaluation.ts";
import type { Library } from "#engine/library.ts";
import { createEvaluateStore } from "./evaluate-store.ts";

const set = (id: string, origin: QuestionSet["origin"] = "imported"): QuestionSet => ({
  id,
  name: id,
  origin,
  level: "document",
  questions: [
    { id: "q1", text: "one", targets: [] },
    { id: "q2", text: "two", targets: [] },
  ],
  madeAt: 1,
  masked: [],
});

function runOf(of: QuestionSet, grid: Grid, answered: number): EvaluationRun {
  const outcomes = of.questions.slice(0, answered).map(({ id }) => ({
    questionId: id,
    items: ["a"],
    chunks: [],
    ranks: [1],
    scores: [1],
    milliseconds: 2,
    fallback: null,
  }));
  return {
    set: of,
    grid,
    grades: new Map(of.questions.map(({ id }) => [id, new Map([["a", 1]])])),
    cells: cellsOf(grid).map((cell) => ({ cell, outcomes, embedder: null, reranker: null })),
    corpusKey: "c",
    corpus: { documents: 1, chunks: 1 },
    startedAt: 1,
    finished: answered === of.questions.length,
  };
}

/** An engine that answers one question, then waits for a stop or for `finish`. */
function slowEvaluation() {
  let finish = (): void => {};
  const evaluation: Evaluation = {
    estimate: async (of, grid) => ({
      cells: cellsOf(grid).length,
      questions: of.questions.length,
      pairs: 0,
      cachedPairs: 0,
      pairsPerSecond: null,
      milliseconds: null,
    }),
    run: (of, grid, signal, onUpdate) =>
      new Promise((resolve) => {
        const half = runOf(of, grid, 1);
        onUpdate({
          phase: "running",
          progress: { done: 1, of: 2 },
          pairs: { scored: 1, reused: 0, perSecond: 9 },
          added: half.cells.map(({ cell, outcomes }) => ({ key: cell.key, outcomes })),
          run: half,
          stopped: null,
          unsaved: null,
        });
        signal.addEventListener("abort", () => resolve(half));
        finish = () => resolve(runOf(of, grid, 2));
      }),
  };
  return { evaluation, finish: () => finish() };
}

function open(evaluations = memoryEvaluations()) {
  const { evaluation, finish } = slowEvaluation();
  const onJudged = vi.fn<() => void>();
  const library = { records: new Map(), chunks: new Map() } as unknown as Library;
  const store = createEvaluateStore({
    evaluation,
    evaluations,
    library,
    store: { get: async () => undefined },
    choices: { embedders: ["bundled"], rerankers: ["bundled"] },
    counter: {
      reportOf: async (run, counted) => reportOf(run, counted, { draws: 50 }),
      gainsOf: async (run, cellKey, metric, counted) => gainsOf(run, cellKey, metric, counted),
    },
    importCorpus: async () => {
      throw new EngineError("CANCELLED");
    },
    proofs: {
      encode: async () => new Blob(),
      decode: async () => {
        throw new EngineError("PROOF_NOT_ONE");
      },
    },
    appVersion: "0",
    modelFiles: async () => [],
    onJudged,
  });
  store.getState().look(true);
  return { store, evaluations, finish, onJudged };
}

async function withSet(id = "s", origin: QuestionSet["origin"] = "imported") {
  const opened = open();
  await opened.evaluations.putSet(set(id, origin));
  await opened.store.open();
  await vi.waitFor(() => expect(opened.store.getState().chosen).toBe(id));
  return opened;
}

test("ES1 the newest set is chosen, its cost known; a run shows its progress and ends in a report", async () => {
  const { store, finish } = await withSet();
  await vi.waitFor(() => expect(store.getState().cost?.questions).toBe(2));
  const running = store.getState().start();
  await vi.waitFor(() => expect(store.getState().phase).toBe("running"));
  expect(store.getState().cells.map(({ done }) => done)).toEqual([1, 1]);
  expect(store.getState().pairsPerSecond).toBe(9);
  finish();
  await running;
  expect(store.getState().phase).toBe("done");
  await vi.waitFor(() => expect(store.getState().report?.rows).toHaveLength(2));
});

test("ES2 a stop keeps what was answered, and the next visit finds it", async () => {
  const { store, evaluations } = await withSet();
  const running = store.getState().start();
  await vi.waitFor(() => expect(store.getState().phase).toBe("running"));
  store.getState().stop();
  await running;
  const { run, phase } = store.getState();
  expect([phase, run?.finished, run?.cells[0]?.outcomes.length]).toEqual(["stopped", false, 1]);
  await evaluations.saveRun(run!);
  const again = open(evaluations).store;
  await again.open();
  await vi.waitFor(() => expect(again.getState().run?.finished).toBe(false));
  expect(again.getState().phase).toBe("stopped");
});

test("ES3 another way of counting keeps the run; a report that is late is dropped", async () => {
  const { store, finish } = await withSet();
  const running = store.getState().start();
  await vi.waitFor(() => expect(store.getState().phase).toBe("running"));
  finish();
  await running;
  const { run } = store.getState();
  store.getState().count({ k: 1 });
  store.getState().count({ k: 3 });
  await vi.waitFor(() => expect(store.getState().report?.counted.k).toBe(3));
  expect(store.getState().run).toBe(run);
});

test("ES4 questions are edited as they lie in the store; a judged set tells the one that judges", async () => {
  const { store, evaluations, onJudged } = await withSet("judged", "judged");
  await store.getState().renameQuestion("judged", "q1", "other words");
  await store.getState().deleteQuestion("judged", "q2");
  const kept = await evaluations.getSet("judged");
  expect(kept?.questions.map(({ text }) => text)).toEqual(["other words"]);
  expect(onJudged).toHaveBeenCalledTimes(2);
  await store.getState().deleteSet("judged");
  expect(store.getState().sets).toEqual([]);
  expect(store.getState().run).toBeNull();
});

test("ES6 nothing is worked out while nobody looks; it is once somebody does", async () => {
  const { store } = await withSet();
  store.getState().look(false);
  store.getState().change({ pools: [5] });
  await Promise.resolve();
  expect(store.getState().cost).toBeNull();
  store.getState().look(true);
  await vi.waitFor(() => expect(store.getState().cost?.cells).toBe(2));
});

test("ES5 files that hold no question set are refused in words; nothing else changes", async () => {
  const { store } = await withSet();
  await store.getState().importFiles([new File(["nothing of that kind"], "notes.txt")]);
  const { importing, sets } = store.getState();
  expect(importing?.phase).toBe("failed");
  expect(importing?.error?.code).toBe("SET_UNKNOWN_FORMAT");
  expect(sets).toHaveLength(1);
});
