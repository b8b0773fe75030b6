import { expect, test, vi } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { JUDGED_SET } from "#core/evaluate/judge.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import type { DocumentId } from "#core/model.ts";
import { createJudgementStore } from "./judgement-store.ts";

const passage = { documentId: "a".repeat(64) as DocumentId, start: 0, end: 100 };
const far = { ...passage, start: 500, end: 600 };

function storage() {
  const sets = new Map<string, QuestionSet>();
  return {
    sets,
    getSet: async (id: string) => sets.get(id),
    putSet: async (set: QuestionSet) => void sets.set(set.id, set),
    deleteSet: async (id: string) => void sets.delete(id),
  };
}

function open(evaluations = storage()) {
  const errors: EngineError[] = [];
  const changed = vi.fn<() => void>();
  const store = createJudgementStore({ evaluations, fail: (error) => errors.push(error), changed });
  return { store, evaluations, errors, changed };
}

test("J7 a grade shows at once, is kept, and comes back with the next visit", async () => {
  const { store, evaluations, changed } = open();
  store.getState().grade({ question: "q", passage, grade: 2 });
  expect(store.getState().set.questions).toHaveLength(1);
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  const again = open(evaluations).store;
  await again.open();
  expect(again.getState().set).toEqual(store.getState().set);
  // What another visit gave is not this visit's to undo.
  expect(again.getState().undoes).toBeNull();
});

test("J8 undo takes back one change after the other, and the store follows", async () => {
  const { store, evaluations, changed } = open();
  const actions = store.getState();
  actions.grade({ question: "q", passage, grade: 1 });
  actions.grade({ question: "q", passage, grade: 2 });
  actions.grade({ question: "r", passage: far, grade: 1 });
  expect(store.getState().undoes).toBe("r");
  actions.undo();
  actions.undo();
  expect(store.getState().set.questions.map(({ text, targets }) => [text, targets[0]?.grade])).toEqual([["q", 1]]);
  actions.undo();
  actions.undo();
  expect(store.getState().set.questions).toEqual([]);
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(6));
  expect(evaluations.sets.has(JUDGED_SET)).toBe(false);
});

test("J9 grades of a second tab are kept", async () => {
  const evaluations = storage();
  const [here, there] = [open(evaluations), open(evaluations)];
  here.store.getState().grade({ question: "q", passage, grade: 1 });
  await vi.waitFor(() => expect(here.changed).toHaveBeenCalledOnce());
  there.store.getState().grade({ question: "r", passage: far, grade: 2 });
  await vi.waitFor(() => expect(there.changed).toHaveBeenCalledOnce());
  expect(evaluations.sets.get(JUDGED_SET)?.questions.map(({ text }) => text)).toEqual(["q", "r"]);
});

test("J10 a grade that cannot be kept is said, and the next one is still tried", async () => {
  const evaluations = storage();
  const { store, errors, changed } = open(evaluations);
  const { putSet } = evaluations;
  evaluations.putSet = async () => {
    throw new EngineError("QUOTA_EXCEEDED");
  };
  store.getState().grade({ question: "q", passage, grade: 1 });
  await vi.waitFor(() => expect(errors.map(({ code }) => code)).toEqual(["QUOTA_EXCEEDED"]));
  evaluations.putSet = putSet;
  store.getState().grade({ question: "r", passage: far, grade: 1 });
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
});
