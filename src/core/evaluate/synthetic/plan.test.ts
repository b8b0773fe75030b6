import { expect, test } from "vitest";
import type { DocumentId } from "../../model.ts";
import type { SyntheticChunk } from "../model.ts";
import { openChunks, planProgress, plannedSet, withAnswers, withModel } from "./plan.ts";

const chunk = (start: number): SyntheticChunk => ({
  documentId: "a".repeat(64) as DocumentId,
  start,
  end: start + 10,
  given: null,
});
const [one, two, three] = [chunk(0), chunk(10), chunk(20)];
const set = plannedSet([one, two, three], { id: "s", name: "S", madeAt: 1, seed: 1, perChunk: 2 });

test("Q9 questions and passages are added together; what is open stays open", () => {
  const next = withAnswers(set, [
    { chunk: one, questions: ["What?", "Why?"] },
    { chunk: two, questions: [] },
  ]);
  expect(next.questions.map(({ id, text }) => [id, text])).toEqual([
    ["aaaaaaaaaaaaaaaa@0-10.1", "What?"],
    ["aaaaaaaaaaaaaaaa@0-10.2", "Why?"],
  ]);
  expect(next.questions[0]?.targets).toEqual([
    { kind: "passage", documentId: one.documentId, start: 0, end: 10, grade: 1 },
  ]);
  expect(openChunks(next)).toEqual([three]);
  expect(planProgress(next.synthetic!)).toEqual({ done: 2, of: 3, questions: 2, fewer: 2 });
});

test("Q9 a deleted question does not come back, an edited one stays; a passage that has answered does not answer again", () => {
  const answered = withAnswers(set, [{ chunk: one, questions: ["What?", "Why?"] }]);
  const edited = { ...answered, questions: [{ ...answered.questions[0]!, text: "Mine?" }] };
  const again = withAnswers(edited, [
    { chunk: one, questions: ["Once more?"] },
    { chunk: two, questions: ["How?"] },
  ]);
  expect(again.questions.map(({ text }) => text)).toEqual(["Mine?", "How?"]);
});

test("Q9 a passage that is gone leaves the plan; models are named once each", () => {
  expect(withAnswers(set, [{ chunk: two, questions: null }]).synthetic?.chunks).toEqual([one, three]);
  const named = withModel(withModel(set, { id: "m", host: null }), { id: "m", host: null });
  expect(withModel(named, { id: "m", host: "h:1" }).synthetic?.models).toEqual([
    { id: "m", host: null },
    { id: "m", host: "h:1" },
  ]);
});
