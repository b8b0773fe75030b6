import { expect, test } from "vitest";
import type { QuestionSet } from "#core/evaluate/model.ts";
import type { DocumentId } from "#core/model.ts";
import { questionSetsFrom } from "./question-set-schema.ts";

const set: QuestionSet = {
  id: "judged",
  name: "Judged",
  origin: "judged",
  level: "passage",
  questions: [
    {
      id: "1",
      text: "q",
      targets: [{ kind: "passage", documentId: "a".repeat(64) as DocumentId, start: 0, end: 9, grade: 2 }],
    },
  ],
  madeAt: 1,
  masked: [],
};

test("L9 question sets of a library file are taken one by one: what is not sound is left out, the rest comes", () => {
  const broken = { ...set, questions: [{ id: "1", text: "q", targets: [{ kind: "passage", start: -1 }] }] };
  expect(questionSetsFrom({ pool: 30, questionSets: [broken, set, "what"] })).toEqual([set]);
});

test.each([null, "", 7, [], {}, { questionSets: "x" }])("L10 settings without question sets have none: %j", (value) => {
  expect(questionSetsFrom(value)).toEqual([]);
});

test("L11 a synthetic set keeps its plan; sets from before there were plans still load", () => {
  const documentId = "a".repeat(64) as DocumentId;
  const synthetic = {
    models: [{ id: "m", host: "localhost:1234" }],
    seed: 1,
    perChunk: 2,
    chunks: [
      { documentId, start: 0, end: 9, given: 1 },
      { documentId, start: 9, end: 19, given: null },
    ],
  };
  const planned: QuestionSet = { ...set, origin: "generated", synthetic };
  const broken = { ...planned, synthetic: { ...synthetic, chunks: [{ documentId, start: 0, end: 9, given: -1 }] } };
  expect(questionSetsFrom({ questionSets: [planned, { ...set, origin: "generated" }, broken] })).toEqual([
    planned,
    { ...set, origin: "generated" },
  ]);
});
