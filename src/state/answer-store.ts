import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultFloor } from "#core/answer/floor.ts";
import { toEngineError, type ErrorData } from "#core/base/errors.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import { BUNDLED, OFF, type ChunkId } from "#core/model.ts";
import type { Reranker } from "#core/ports.ts";
import { asksLanguageModel } from "#core/rerank/llm/settings.ts";
import { chosenOf } from "#core/rerank/way.ts";
import { answer } from "#engine/answer.ts";
import type { AnswerRequest, AnswerSide, AnswerUpdate } from "#engine/answer-update.ts";
import type { Courtesy } from "#engine/courtesy.ts";
import type { SearchStore } from "./search-store.ts";
import type { SearchResult } from "./view.ts";

export type { AnswerSide, AnswerUpdate } from "#engine/answer-update.ts";

export type AskedSides = "both" | AnswerSide;

const ANSWER_LIMITS = { min: 1, max: 20 } as const;

export interface AnswerState {
  readonly before: AnswerUpdate | null;
  readonly after: AnswerUpdate | null;
  /** Which side is being answered; null: none. */
  readonly running: AnswerSide | null;
  /** Passages that an answer is made from; null: as many as the lists show. */
  readonly n: number | null;
  /** "default": as measured for the re-ranker; null: none. */
  readonly floor: number | null | "default";
  /** Why it could not even begin. */
  readonly error: ErrorData | null;
}

export interface AnswerActions {
  /** Answers from the result that is shown; one side after the other. Replaces what runs. */
  ask(sides: AskedSides): void;
  /** Keeps what came. */
  stop(): void;
  setN(n: number | null): void;
  setFloor(floor: number | null | "default"): void;
}

export type AnswerView = AnswerState & AnswerActions;

export interface AnswerStorePorts {
  readonly search: SearchStore;
  readonly rerankers: ReadonlyMap<string, Reranker>;
  /** The one that is set up; null: none. */
  readonly languageModel: () => LanguageModel | null;
  readonly courtesy: Courtesy;
}

/** Milliseconds between two states of an answer that streams. */
const DRAW_EVERY = 50;

const NOTHING = { before: null, after: null, running: null, error: null } as const;

/** How many passages an answer is made from. */
export function answerTop(n: number | null, result: Pick<SearchResult, "settings"> | null): number {
  return Math.min(ANSWER_LIMITS.max, Math.max(ANSWER_LIMITS.min, n ?? result?.settings.top ?? ANSWER_LIMITS.min));
}

/** What the best passage has to reach; null: nothing. */
export function answerFloor(floor: AnswerState["floor"], result: Pick<SearchResult, "reranker"> | null): number | null {
  return floor === "default" ? defaultFloor(result?.reranker ?? null) : floor;
}

/** Both lists in their order, each chunk with the score that the re-ranker gave it; an order has none (rule R4). */
function answerRows(result: SearchResult, side: AnswerSide): AnswerRequest["rows"] {
  const logits = new Map<ChunkId, number | null>(
    result.scale === "order" ? [] : result.after.map((row) => [row.candidate.chunkId, row.logit]),
  );
  const order = side === "after" ? result.after.map((row) => row.candidate) : result.before;
  return order.map(({ chunkId }) => ({ chunkId, score: logits.get(chunkId) ?? null }));
}

/** Answers from the tops of both lists, on demand. Another result forgets them. */
export function createAnswerStore(ports: AnswerStorePorts): StoreApi<AnswerView> {
  const { search, rerankers, courtesy } = ports;
  let running: AbortController | null = null;
  /** The call before ends before the next begins, stopped or not: a language model takes one at a time. */
  let last: Promise<void> = Promise.resolve();

  const store = createStore<AnswerView>()((set, get) => ({
    ...NOTHING,
    n: null,
    floor: "default",
    ask(sides) {
      const { result } = search.getState();
      if (result === null) return;
      running?.abort();
      const mine = new AbortController();
      running = mine;
      // With the re-ranker off, the list after is a copy of the one before.
      const isOff = result.settings.reranker === OFF;
      const order: readonly AnswerSide[] = isOff ? ["before"] : sides === "both" ? ["before", "after"] : [sides];
      const kept = sides === "both" ? NOTHING : { ...NOTHING, before: get().before, after: get().after };
      set({ ...kept, ...Object.fromEntries(order.map((side) => [side, null])), running: order[0]! });
      last = last
        .then(() => run(result, order, mine))
        .catch((thrown: unknown) => {
          if (running === mine) set({ error: toEngineError(thrown).data });
        })
        .finally(() => {
          if (running !== mine) return;
          running = null;
          set({ running: null });
        });
    },
    stop() {
      running?.abort();
    },
    setN: (n) => set({ n: n === null ? null : answerTop(Math.round(n), null) }),
    setFloor: (floor) => set({ floor: typeof floor === "number" && !Number.isFinite(floor) ? null : floor }),
  }));

  async function run(result: SearchResult, order: readonly AnswerSide[], mine: AbortController): Promise<void> {
    const { n, floor } = store.getState();
    const { model } = chosenOf(result.settings.reranker);
    // Sentences are scored one by one: nothing to ask a language model for, or a server.
    const isOwn = model !== OFF && !asksLanguageModel(model);
    const reranker = (isOwn ? rerankers.get(model) : undefined) ?? rerankers.get(BUNDLED) ?? null;
    for (const side of order) {
      if (mine.signal.aborted) return;
      await courtesy.idle();
      if (mine.signal.aborted) return;
      store.setState({ running: side });
      let drawn = Number.NEGATIVE_INFINITY;
      const show = (update: AnswerUpdate): void => {
        if (running === mine) store.setState({ [side]: update });
      };
      const languageModel = ports.languageModel();
      const request: AnswerRequest = {
        query: result.query,
        side,
        rows: answerRows(result, side),
        n: answerTop(n, result),
        floor: answerFloor(floor, result),
      };
      const parts = { languageModel, reranker, chunks: result.chunks };
      show(
        await answer(parts, request, mine.signal, (update) => {
          const now = performance.now();
          if (now - drawn < DRAW_EVERY) return;
          drawn = now;
          show(update);
        }),
      );
    }
  }

  search.subscribe((now, before) => {
    const isSame = now.query === before.query && now.settings === before.settings && now.phase !== "retrieving";
    const { before: left, after: right, running: side, error } = store.getState();
    if (isSame || (left === null && right === null && side === null && error === null)) return;
    running?.abort();
    running = null;
    store.setState(NOTHING);
  });
  return store;
}
