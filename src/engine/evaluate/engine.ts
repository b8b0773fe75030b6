import { EngineError, toEngineError } from "#core/base/errors.ts";
import { cellsOf, poolsOf, retrievalsOf } from "#core/evaluate/cells.ts";
import type { Cell, CostEstimate, EvaluationRun, Grid, Question, QuestionSet } from "#core/evaluate/model.ts";
import { BUNDLED, type Candidate, type ChunkId } from "#core/model.ts";
import { ordersPools } from "#core/rerank/llm/settings.ts";
import { chosenOf } from "#core/rerank/way.ts";
import type { Signal } from "#core/ports.ts";
import { Breath } from "../breathe.ts";
import { modelsOf, poolFor, scoresFor } from "./cell-models.ts";
import { TextKeys } from "./corpus-key.ts";
import { estimate } from "./estimate.ts";
import type { Evaluation } from "./evaluation.ts";
import { Keeper } from "./keeper.ts";
import { EarlierTimes, Ledger, type Entry } from "./ledger.ts";
import { outcomeOf } from "./outcome.ts";
import { PageStarts } from "./page-starts.ts";
import type { EvaluationPorts } from "./ports.ts";
import { Reporter } from "./reporter.ts";
import { Retrievals, type Found } from "./retrievals.ts";
import { Scores, type Scored } from "./scores.ts";
import { Searched } from "./searched.ts";
import type { EvaluationUpdate } from "./update.ts";

/** Milliseconds between two saves of a run under way; longer where saving takes more than a twentieth of it. */
const SAVE_EVERY = 30_000;
const SAVE_SHARE = 20;

/** Fewer pairs than this tell nothing about a machine. */
const RATED = 8;

/** Runs grids of settings over question sets. Rules V1 to V10 in README.md. One run at a time is the caller's to see to. */
export class EvaluationEngine implements Evaluation {
  readonly #ports: EvaluationPorts;
  readonly #keys = new TextKeys();

  constructor(ports: EvaluationPorts) {
    this.#ports = ports;
  }

  async estimate(set: QuestionSet, grid: Grid, signal: Signal): Promise<CostEstimate> {
    this.#check(grid);
    return estimate(this.#ports, this.#keys, set, grid, signal);
  }

  async run(
    set: QuestionSet,
    grid: Grid,
    signal: Signal,
    onUpdate: (update: EvaluationUpdate) => void,
  ): Promise<EvaluationRun> {
    this.#check(grid);
    const searched = await Searched.of(this.#ports, set.masked);
    const job = new Job(this.#ports, this.#keys, searched, set, grid, onUpdate);
    try {
      return await job.run(signal);
    } finally {
      searched.release();
    }
  }

  #check({ embedders, rerankers }: Grid): void {
    for (const id of embedders) {
      if (!this.#ports.embedders.has(id)) throw new EngineError("UNEXPECTED", "no such embedder", { embedder: id });
    }
    for (const id of rerankers) {
      if (modelsOf([id]).every((model) => this.#ports.rerankers.has(model))) continue;
      throw new EngineError("UNEXPECTED", "no such re-ranker", { reranker: id });
    }
  }
}

/** One run. Holds the outcomes and one question at a time. */
class Job {
  readonly #ports: EvaluationPorts;
  readonly #searched: Searched;
  readonly #set: QuestionSet;
  readonly #cells: readonly Cell[];
  readonly #settings: readonly Pick<Cell, "retrieval" | "embedder">[];
  readonly #depth: number;
  readonly #keeper = new Keeper();
  readonly #pages: PageStarts;
  readonly #scores: ReadonlyMap<string, Scores>;
  readonly #retrievals: Retrievals;
  readonly #ledger: Ledger;
  readonly #reporter: Reporter;
  #reused = 0;
  #done = 0;
  #saveAt = performance.now() + SAVE_EVERY;

  constructor(
    ports: EvaluationPorts,
    keys: TextKeys,
    searched: Searched,
    set: QuestionSet,
    grid: Grid,
    onUpdate: (update: EvaluationUpdate) => void,
  ) {
    const { evaluations, courtesy, library, store } = ports;
    this.#ports = ports;
    this.#searched = searched;
    this.#set = set;
    this.#cells = cellsOf(grid);
    this.#settings = retrievalsOf(grid);
    this.#depth = poolsOf(grid).at(-1) ?? 0;
    this.#pages = new PageStarts(store);
    const models = modelsOf(this.#cells.map(({ reranker }) => reranker));
    this.#scores = new Map(
      models.map((id) => {
        const reranker = ports.rerankers.get(id)!;
        return [id, new Scores({ reranker, courtesy, evaluations, keeper: this.#keeper, keys })];
      }),
    );
    const corpus = { documents: library.records.size, chunks: library.chunks.size };
    const facts = { set, grid, corpusKey: searched.key, corpus, startedAt: Date.now() };
    this.#ledger = new Ledger(facts, this.#cells);
    this.#reporter = new Reporter(
      onUpdate,
      this.#ledger,
      () => this.#counts(),
      () => this.#keeper.failure,
    );
    this.#retrievals = new Retrievals(searched, evaluations, this.#keeper, (progress) =>
      this.#reporter.preparing(progress),
    );
  }

  async run(signal: Signal): Promise<EvaluationRun> {
    const { evaluations } = this.#ports;
    const { questions, id } = this.#set;
    const earlier = new EarlierTimes(await this.#keeper.read(() => evaluations.lastRun(id)), this.#searched.key);
    const breath = new Breath();
    let stopped: EvaluationUpdate["stopped"] = null;
    try {
      for (const question of questions) {
        await breath.breathe();
        signal.throwIfAborted();
        const entries = await this.#answer(question, signal);
        // Behind it: what was found in a library half way between two states is no answer.
        if (!(await this.#searched.isStill())) {
          stopped = "library-changed";
          break;
        }
        this.#ledger.add(entries.map((entry, i) => withTime(entry, earlier.of(this.#cells[i]!, entry))));
        this.#done += 1;
        this.#reporter.running(this.#progress());
        if (performance.now() > this.#saveAt) await this.#save(false);
      }
    } catch (thrown) {
      if (!signal.aborted || toEngineError(thrown).code !== "CANCELLED") {
        await this.#save(false);
        throw thrown;
      }
    }
    const finished = this.#done === questions.length;
    await this.#save(finished);
    this.#reporter.ended(finished ? "done" : "stopped", this.#progress(), stopped);
    return this.#ledger.run(finished);
  }

  /** All cells of one question. */
  async #answer(question: Question, signal: Signal): Promise<Entry[]> {
    for (const scores of this.#scores.values()) scores.expect(question.text);
    const found = new Map<string, Found>();
    for (const setting of this.#settings) {
      await this.#ports.courtesy.idle();
      found.set(settingKey(setting), await this.#find(question, setting, signal));
    }
    const scored = new Map<string, Scored>();
    for (const [id, scores] of this.#scores) {
      if (ordersPools(id)) continue;
      const pool = union(
        this.#cells.map((cell) => poolFor(id, cell, found.get(settingKey(cell))!.candidates, scored.get(BUNDLED))),
      );
      const result = await scores.of(question.text, pool, this.#searched.texts, signal);
      this.#reused += result.reused;
      scored.set(id, result);
    }
    const ordered = await this.#order(question, found, scored, signal);
    return Promise.all(
      this.#cells.map(async (cell): Promise<Entry> => {
        const from = found.get(settingKey(cell))!;
        const by = scoresFor(cell, ordered.get(cell) ?? scored);
        const { texts } = this.#searched;
        const outcome = await outcomeOf(question, this.#set.level, cell, from, by, texts, this.#pages);
        return { outcome, embedder: from.embedder, reranker: by?.own.stamp ?? null };
      }),
    );
  }

  /** What orders a pool as a whole does so for each list apart: cells with the same list share its order. */
  async #order(
    question: Question,
    found: ReadonlyMap<string, Found>,
    scored: ReadonlyMap<string, Scored>,
    signal: Signal,
  ): Promise<Map<Cell, ReadonlyMap<string, Scored>>> {
    const byList = new Map<string, Scored>();
    const byCell = new Map<Cell, ReadonlyMap<string, Scored>>();
    for (const cell of this.#cells) {
      const { model } = chosenOf(cell.reranker);
      if (!ordersPools(model)) continue;
      const { candidates } = found.get(settingKey(cell))!;
      const pool = poolFor(model, cell, candidates, scored.get(BUNDLED));
      const list = `${model} ${pool.map(({ chunkId }) => chunkId).join(" ")}`;
      const known = byList.get(list);
      const result = known ?? (await this.#scores.get(model)!.of(question.text, pool, this.#searched.texts, signal));
      if (known === undefined) this.#reused += result.reused;
      byList.set(list, result);
      byCell.set(cell, new Map([...scored, [model, result]]));
    }
    return byCell;
  }

  async #find(question: Question, setting: Pick<Cell, "retrieval" | "embedder">, signal: Signal): Promise<Found> {
    try {
      return await this.#retrievals.find(question.text, setting, this.#depth, signal);
    } catch (thrown) {
      const { code } = toEngineError(thrown);
      if (code !== "QUERY_TOO_LONG") throw thrown;
      return { candidates: [], queryRead: false, fallback: code, embedder: null, milliseconds: null };
    }
  }

  #progress(): { readonly done: number; readonly of: number } {
    return { done: this.#done, of: this.#set.questions.length };
  }

  #counts(): { readonly scored: number; readonly reused: number; readonly milliseconds: number } {
    const spent = [...this.#scores.values()].map((scores) => scores.spent);
    return {
      scored: spent.reduce((sum, { pairs }) => sum + pairs, 0),
      milliseconds: spent.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      reused: this.#reused,
    };
  }

  async #save(finished: boolean): Promise<void> {
    const { evaluations } = this.#ports;
    const started = performance.now();
    await this.#keeper.write(() => evaluations.saveRun(this.#ledger.run(finished)));
    for (const [id, { spent, stamp }] of this.#scores) {
      if (stamp === null || spent.pairs < RATED) continue;
      const perSecond = (1000 * spent.pairs) / spent.milliseconds;
      await this.#keeper.write(() => evaluations.putRate("reranker", id, { stamp, perSecond }));
    }
    for (const [id, rate] of this.#retrievals.rates) {
      await this.#keeper.write(() => evaluations.putRate("embedder", id, rate));
    }
    await this.#keeper.settled();
    const now = performance.now();
    this.#saveAt = now + Math.max(SAVE_EVERY, SAVE_SHARE * (now - started));
  }
}

function withTime(entry: Entry, earlier: number | null): Entry {
  if (earlier === null || entry.outcome.milliseconds !== null) return entry;
  return { ...entry, outcome: { ...entry.outcome, milliseconds: earlier } };
}

function settingKey({ retrieval, embedder }: Pick<Cell, "retrieval" | "embedder">): string {
  return `${retrieval} ${embedder}`;
}

/** Best ranks first: pools of several modes share most of their pairs, and each pair is scored once. */
function union(pools: readonly (readonly Candidate[])[]): Candidate[] {
  const byId = new Map<ChunkId, Candidate>();
  for (const pool of pools)
    for (const candidate of pool) byId.set(candidate.chunkId, byId.get(candidate.chunkId) ?? candidate);
  return [...byId.values()];
}
