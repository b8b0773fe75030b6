import { createStore, type StoreApi } from "zustand/vanilla";
import { EngineError, toEngineError, type ErrorData } from "#core/base/errors.ts";
import { reworded } from "#core/evaluate/judge.ts";
import { cellsOf } from "#core/evaluate/cells.ts";
import type { EvaluationRun, Grid, MetricName, QuestionSet } from "#core/evaluate/model.ts";
import type { CountSettings, EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import type { DocumentId } from "#core/model.ts";
import type { EvaluationStore, ProofFiles, Store } from "#core/ports.ts";
import type { Evaluation } from "#engine/evaluate/evaluation.ts";
import type { Library } from "#engine/library.ts";
import type { ProofSource } from "./evaluate-proof.ts";
import type { EvaluateView, GridChoices, ImportCorpus, ImportState } from "./evaluate-view.ts";

export interface EvaluatePorts {
  readonly evaluation: Evaluation;
  readonly evaluations: EvaluationStore;
  readonly library: Library;
  readonly store: Pick<Store, "get">;
  readonly choices: GridChoices;
  /** Counts a run, away from the page. */
  readonly counter: {
    reportOf(run: EvaluationRun, counted: CountSettings): Promise<EvaluationReport>;
    gainsOf(run: EvaluationRun, cellKey: string, metric: MetricName, counted: CountSettings): Promise<QuestionGain[]>;
  };
  readonly importCorpus: ImportCorpus;
  readonly proofs: ProofFiles;
  readonly appVersion: string;
  readonly modelFiles: ProofSource["modelFiles"];
  /** The judged set was changed here: whoever holds it looks again. */
  readonly onJudged: () => void;
}

export interface EvaluateStore extends StoreApi<EvaluateView> {
  /** Reads the stored sets and the last run; call once the library is open. */
  open(): Promise<void>;
  /** Sets, or the documents, were changed elsewhere. */
  refresh(): Promise<void>;
  /** Models came or went, or another one made the library's vectors. */
  offer(choices: GridChoices): void;
}

/** The pool of the settings that a first visit compares. */
const FIRST_POOLS = [20] as const;
const NEVER = new AbortController().signal;

/**
 * Question sets, a grid, a run and its report. One run and one import at a time. What reads, makes and writes files is loaded
 * when it is asked for: the first load of the page does not wait for it.
 */
export function createEvaluateStore(ports: EvaluatePorts): EvaluateStore {
  const { evaluation, evaluations, library } = ports;
  let running: AbortController | null = null;
  let importing: AbortController | null = null;
  let isLooking = false;
  let costing = new AbortController();

  const store = createStore<EvaluateView>()((set, get) => ({
    isReady: false,
    sets: [],
    chosen: null,
    choices: ports.choices,
    grid: {
      retrieval: ["fused"],
      embedders: ports.choices.embedders.slice(0, 1),
      rerankers: ports.choices.rerankers,
      pools: FIRST_POOLS,
    },
    cost: null,
    phase: "idle",
    progress: null,
    cells: [],
    pairsPerSecond: null,
    libraryChanged: false,
    error: null,
    run: null,
    isBundle: false,
    counted: { preset: "trec_eval", k: 10 },
    report: null,
    importing: null,

    look(isShown) {
      isLooking = isShown;
      estimate();
      if (get().report === null) void report();
    },
    choose: (id) => void choose(id),
    makeMasked: (questions, seed) =>
      said(async () => {
        const ids = [...library.records.keys()];
        const { maskSentences } = await import("#core/evaluate/mask.ts");
        const { set: made } = await maskSentences(
          { documents: ids, read: (id) => readMasked(id) },
          {
            id: `masked-${crypto.randomUUID()}`,
            name: `From the documents, seed ${seed}`,
            madeAt: Date.now(),
            count: questions,
            seed,
          },
          NEVER,
        );
        await keep(made);
        await choose(made.id);
      }),
    renameQuestion: (setId, id, text) => edit(setId, (set) => reworded(set, id, text)),
    deleteQuestion: (setId, id) =>
      edit(setId, (set) => ({ ...set, questions: set.questions.filter((question) => question.id !== id) })),
    deleteSet: (id) =>
      said(async () => {
        await evaluations.deleteSet(id);
        if (get().sets.find((it) => it.id === id)?.origin === "judged") ports.onJudged();
        if (get().chosen === id) show(null);
        await refresh();
      }),
    importFiles: (files) => importFiles(files),
    cancelImport: () => importing?.abort(),
    closeImport: () => set({ importing: null }),
    change(changed) {
      set({ grid: { ...get().grid, ...changed } });
      estimate();
    },
    count(changed) {
      set({ counted: { ...get().counted, ...changed } });
      void report();
    },
    start,
    stop: () => running?.abort(),
    async gains(cellKey, metric) {
      const { run, counted } = get();
      return run === null ? [] : ports.counter.gainsOf(run, cellKey, metric, counted);
    },
    exportRun: async (format, cellKey) => {
      const { exportedRun } = await import("./evaluate-exports.ts");
      const { appVersion, modelFiles, proofs } = ports;
      const source = { records: library.records, chunks: library.chunks, appVersion, modelFiles };
      return exportedRun(get().run, get().report, format, cellKey, source, (data) => proofs.encode(data));
    },
    exportSet: async (setId) => {
      const set = get().sets.find(({ id }) => id === setId);
      const source = { records: library.records, chunks: library.chunks, pages };
      // What a model wrote leaves in the form that such sets have elsewhere.
      if (set?.origin === "generated") return (await import("./export-llama-index.ts")).exportedLlamaIndex(set, source);
      return (await import("./evaluate-exports.ts")).exportedSet(set, source);
    },
  }));

  const readMasked = async (id: DocumentId) => {
    const stored = await ports.store.get(id);
    if (stored === undefined) throw new EngineError("STORE_BROKEN", id);
    return stored;
  };

  function fail(thrown: unknown): ErrorData | null {
    const { code, data } = toEngineError(thrown);
    return code === "CANCELLED" ? null : data;
  }

  async function said(work: () => Promise<void>): Promise<void> {
    store.setState({ error: null });
    try {
      await work();
    } catch (thrown) {
      store.setState({ error: fail(thrown) });
    }
  }

  async function keep(set: QuestionSet): Promise<void> {
    await evaluations.putSet(set);
    if (set.origin === "judged") ports.onJudged();
    await refresh();
  }

  function edit(setId: string, change: (set: QuestionSet) => QuestionSet): Promise<void> {
    return said(async () => {
      // As it lies in the store: Compare and other tabs judge meanwhile.
      const set = await evaluations.getSet(setId);
      if (set !== undefined) await keep(change(set));
      if (store.getState().chosen === setId) estimate();
    });
  }

  async function refresh(): Promise<void> {
    store.setState({ sets: await evaluations.listSets() });
  }

  async function choose(id: string): Promise<void> {
    if (running !== null) return;
    store.setState({ chosen: id, error: null });
    const run = (await evaluations.lastRun(id).catch(() => undefined)) ?? null;
    if (store.getState().chosen === id) show(run);
  }

  /** A run of this library, or null where the chosen set has none yet. */
  function show(made: EvaluationRun | null, isBundle = false): void {
    // Stopped before the first answer: nothing to read.
    const run = made?.cells.some(({ outcomes }) => outcomes.length > 0) === true ? made : null;
    const grid = run === null || isBundle ? null : possible(run.grid, store.getState().choices);
    store.setState({
      run,
      isBundle,
      report: null,
      cells: [],
      phase: run === null || isBundle ? "idle" : run.finished ? "done" : "stopped",
      ...(grid !== null && { grid }),
    });
    estimate();
    void report();
  }

  function estimate(): void {
    costing.abort();
    costing = new AbortController();
    const { signal } = costing;
    const { sets, chosen, grid } = store.getState();
    const set = sets.find(({ id }) => id === chosen);
    store.setState({ cost: null });
    if (!isLooking || set === undefined || set.questions.length === 0) return;
    evaluation.estimate(set, grid, signal).then(
      (cost) => signal.aborted || store.setState({ cost }),
      (thrown: unknown) => signal.aborted || store.setState({ error: fail(thrown) }),
    );
  }

  async function report(): Promise<void> {
    const { run, counted } = store.getState();
    if (!isLooking || run === null) return;
    const isWanted = (): boolean => store.getState().run === run && store.getState().counted === counted;
    try {
      const made = await ports.counter.reportOf(run, counted);
      if (isWanted()) store.setState({ report: made });
    } catch (thrown) {
      if (isWanted()) store.setState({ error: fail(thrown) });
    }
  }

  async function start(): Promise<void> {
    const { sets, chosen, grid } = store.getState();
    const set = sets.find(({ id }) => id === chosen);
    if (set === undefined || running !== null) return;
    running = new AbortController();
    const done = new Map<string, number>();
    const cells = cellsOf(grid);
    const progressOf = () => cells.map((cell) => ({ cell, done: done.get(cell.key) ?? 0 }));
    store.setState({
      phase: "preparing",
      progress: null,
      cells: [],
      error: null,
      pairsPerSecond: null,
      libraryChanged: false,
    });
    try {
      const run = await evaluation.run(
        set,
        grid,
        running.signal,
        ({ phase, progress, pairs, added, stopped, unsaved }) => {
          for (const { key, outcomes } of added) done.set(key, (done.get(key) ?? 0) + outcomes.length);
          const isRunning = phase === "running" || phase === "preparing";
          store.setState({
            phase: isRunning ? phase : store.getState().phase,
            progress,
            cells: phase === "preparing" ? [] : progressOf(),
            pairsPerSecond: pairs.perSecond,
            libraryChanged: stopped === "library-changed",
            error: unsaved,
          });
        },
      );
      running = null;
      show(run);
    } catch (thrown) {
      running = null;
      store.setState({ phase: "failed", error: fail(thrown), progress: null });
      estimate();
    }
  }

  async function importFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0 || importing !== null) return;
    importing = new AbortController();
    const { signal } = importing;
    const tell = (told: Partial<ImportState>): void => {
      const { importing: now } = store.getState();
      if (now !== null) store.setState({ importing: { ...now, ...told } });
    };
    store.setState({
      importing: {
        phase: "reading",
        files: files.map(({ name }) => name),
        progress: null,
        report: null,
        unresolved: 0,
        notFound: [],
        library: null,
        error: null,
      },
    });
    try {
      const { importSet, proofAmong } = await import("./evaluate-import.ts");
      const proof = await proofAmong(files);
      if (proof !== null) {
        const { run, k } = await ports.proofs.decode(proof);
        store.setState({ importing: null, counted: { ...store.getState().counted, k } });
        show(run, true);
        return;
      }
      const imported = await importSet(files, { library: resolvable, importCorpus: ports.importCorpus }, signal, tell);
      if ("library" in imported) tell({ phase: "done", progress: null, library: imported.library });
      else {
        if (imported.set.questions.length > 0) {
          await keep(imported.set);
          await choose(imported.set.id);
        }
        tell({ phase: "done", progress: null });
      }
    } catch (thrown) {
      const error = fail(thrown);
      if (error === null) store.setState({ importing: null });
      else tell({ phase: "failed", progress: null, error });
    } finally {
      importing = null;
    }
  }

  const pages = async (id: DocumentId) => (await ports.store.get(id))?.pages ?? [];
  const resolvable = () => ({ documents: [...library.records.values()], pages });

  return Object.assign(store, {
    offer(choices: GridChoices): void {
      const { grid, choices: before } = store.getState();
      // A model that has just come is not ticked by itself: it may be large.
      const { embedders } = grid;
      const own =
        embedders.length === 1 && embedders[0] === before.embedders[0] ? choices.embedders.slice(0, 1) : embedders;
      store.setState({ choices, grid: possible({ ...grid, embedders: own }, choices) });
      estimate();
    },
    async refresh(): Promise<void> {
      await refresh();
      if (running === null) estimate();
    },
    async open(): Promise<void> {
      await said(async () => {
        const [sets, last] = [await evaluations.listSets(), await evaluations.lastRun(null)];
        const set = sets.find(({ id }) => id === last?.set.id) ?? sets[0];
        store.setState({ sets, isReady: true });
        if (set !== undefined) await choose(set.id);
      });
    },
  });
}

/** What a stored grid still means where models have changed since. */
function possible(grid: Grid, choices: GridChoices): Grid {
  const embedders = grid.embedders.filter((id) => choices.embedders.includes(id));
  return {
    ...grid,
    embedders: embedders.length > 0 ? embedders : choices.embedders.slice(0, 1),
    rerankers: grid.rerankers.filter((id) => choices.rerankers.includes(id)),
  };
}
