import { expect, it } from "vitest";
import type { DocumentId } from "../model.ts";
import { plainPage } from "../page/plain-page.ts";
import { DOCUMENT, evidenceOf } from "./evidence.fixture.ts";
import { marksOf } from "./marks.ts";
import { Places } from "./places.ts";

const places = new Places([plainPage(0, "0123456789"), plainPage(1, "0123456789")]);
const OTHER = "e" as DocumentId;

it("E4 every chunk of the document is marked on each of its pages, in the order of the text", () => {
  const evidence = evidenceOf([
    { start: 8, end: 14, before: 17, after: 1 },
    { start: 0, end: 5, before: 2, after: 3 },
    { start: 0, end: 5, before: 1, after: 2, documentId: OTHER },
  ]);
  const marks = marksOf(evidence, DOCUMENT, places, { start: 8, end: 14 });
  expect([...marks.keys()]).toEqual([0, 1]);
  expect(marks.get(0)).toMatchObject([
    { start: 0, end: 5, chosen: false, before: 2, after: 3 },
    { start: 8, end: 10, chosen: true, before: 17, after: 1 },
  ]);
  expect(marks.get(1)).toMatchObject([{ start: 0, end: 3, chosen: true, before: 17, after: 1 }]);
});

it("E5 what is not scored has no rank after; a passage that is no chunk of the result has no rank and no id", () => {
  const evidence = evidenceOf([{ start: 0, end: 5, before: 2, after: null }]);
  expect(marksOf(evidence, DOCUMENT, places, { start: 2, end: 4 }).get(0)).toMatchObject([
    { chunkId: "d:0-5", chosen: false, before: 2, after: null },
    { chunkId: null, chosen: true, before: null, after: null, start: 2, end: 4 },
  ]);
  expect(marksOf(null, DOCUMENT, places, { start: 2, end: 4 }).get(0)).toHaveLength(1);
  expect(marksOf(null, DOCUMENT, places, null).size).toBe(0);
});

it("E6 a chunk that left the library is not marked", () => {
  const evidence = evidenceOf([{ start: 0, end: 5, before: 1, after: 1 }]);
  expect(marksOf({ ...evidence, chunks: new Map() }, DOCUMENT, places, null).size).toBe(0);
});
