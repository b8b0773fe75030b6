import { createStore, type StoreApi } from "zustand/vanilla";
import { toEngineError, type EngineError } from "#core/base/errors.ts";
import { emptyJudgedSet, judge, JUDGED_SET, type Judgement } from "#core/evaluate/judge.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import type { EvaluationStore } from "#core/ports.ts";

export interface JudgementState {
  /** Every grade given in this library. */
  readonly set: QuestionSet;
  /** The question whose last grade `undo` takes back; null where there is none. */
  readonly undoes: string | null;
}

export interface JudgementActions {
  /** Shown at once, kept in turn. */
  grade(judgement: Judgement): void;
  /** Takes the last change of this visit back, then the one before. */
  undo(): void;
}

export type JudgementView = JudgementState & JudgementActions;

export interface JudgementStore extends StoreApi<JudgementView> {
  /** Reads what was judged before; call once, and again when another part of the page changed the set. */
  open(): Promise<void>;
}

export interface JudgementPorts {
  readonly evaluations: Pick<EvaluationStore, "getSet" | "putSet" | "deleteSet">;
  readonly fail: (error: EngineError) => void;
  /** The set was written: whoever lists sets looks again. */
  readonly changed: () => void;
}

/** More steps than anybody remembers; each is a few numbers. */
const MOST_UNDO = 1000;

/**
 * Grades given in Compare. Each change is applied to the set as it lies in the store, so that a second tab's grades are
 * kept, and the changes are written one after the other.
 */
export function createJudgementStore(ports: JudgementPorts): JudgementStore {
  const { evaluations } = ports;
  const undo: (readonly Judgement[])[] = [];
  let turn: Promise<void> = Promise.resolve();

  const store = createStore<JudgementView>()((set, get) => ({
    set: emptyJudgedSet(Date.now()),
    undoes: null,
    grade(judgement) {
      const done = judge(get().set, judgement);
      if (done.undo.length > 0) undo.push(done.undo);
      if (undo.length > MOST_UNDO) undo.shift();
      set({ set: done.set, undoes: lastQuestion() });
      keep([judgement]);
    },
    undo() {
      const back = undo.pop();
      if (back === undefined) return;
      set({ set: applied(get().set, back), undoes: lastQuestion() });
      keep(back);
    },
  }));

  function lastQuestion(): string | null {
    return undo.at(-1)?.[0]?.question ?? null;
  }

  function keep(judgements: readonly Judgement[]): void {
    turn = turn.then(async () => {
      try {
        const stored = (await evaluations.getSet(JUDGED_SET)) ?? emptyJudgedSet(store.getState().set.madeAt);
        const next = applied(stored, judgements);
        await (next.questions.length === 0 ? evaluations.deleteSet(JUDGED_SET) : evaluations.putSet(next));
        ports.changed();
      } catch (thrown) {
        ports.fail(toEngineError(thrown, "STORE_BROKEN"));
      }
    });
  }

  return Object.assign(store, {
    async open() {
      await turn;
      const stored = await evaluations.getSet(JUDGED_SET).catch((thrown: unknown) => {
        ports.fail(toEngineError(thrown, "STORE_BROKEN"));
        return undefined;
      });
      store.setState({ set: stored ?? emptyJudgedSet(Date.now()) });
    },
  });
}

function applied(set: QuestionSet, judgements: readonly Judgement[]): QuestionSet {
  return judgements.reduce((now, judgement) => judge(now, judgement).set, set);
}
