import { expect, test } from "vitest";
import type { ChunkId, DocumentId } from "../model.ts";
import { gradesOf, itemsOf, mainPageOf, type PlacedChunk } from "./items.ts";
import type { Target } from "./model.ts";

const A = "a".repeat(64) as DocumentId;
const B = "b".repeat(64) as DocumentId;
const a16 = A.slice(0, 16);

/** On pages of 100 characters. */
function chunk(id: string, documentId: DocumentId, start: number, end: number): PlacedChunk {
  const firstPage = Math.floor(start / 100);
  return { id: id as ChunkId, documentId, start, end, firstPage, lastPage: Math.floor((end - 1) / 100) };
}

const mainPage = (placed: PlacedChunk): number => mainPageOf(placed, [0, 100, 200, 300]);
const page = (index: number, grade = 1): Target => ({ kind: "page", documentId: A, page: index, grade });
const passage = (start: number, end: number, grade = 1): Target => ({
  kind: "passage",
  documentId: A,
  start,
  end,
  grade,
});

test("I1 I6 documents: the first chunk of each stands for it, with its rank among the chunks", () => {
  const ranked = [chunk("1", A, 0, 50), chunk("2", A, 50, 90), chunk("3", B, 0, 50)];
  expect(itemsOf(ranked, [], "document", mainPage)).toEqual({ items: [A, B], chunks: ["1", "3"], ranks: [1, 3] });
});

test("I2 pages: the expected page that is touched, else the page it mostly lies on", () => {
  const ranked = [chunk("1", A, 10, 105), chunk("2", A, 220, 320), chunk("3", A, 350, 390)];
  expect(itemsOf(ranked, [page(1)], "page", mainPage).items).toEqual([`${a16}#1`, `${a16}#2`, `${a16}#3`]);
});

test("I2 of equal shares the first page; pages of another document are not touched", () => {
  const items = itemsOf([chunk("1", B, 50, 150)], [page(1)], "page", mainPage).items;
  expect(items).toEqual([`${B.slice(0, 16)}#0`]);
});

test("I3 passages: half of the shorter is enough, less is not", () => {
  const targets = [passage(100, 120)];
  const covered = (start: number, end: number): boolean =>
    itemsOf([chunk("c", A, start, end)], targets, "passage", mainPage).items[0] !== "c";
  expect(covered(0, 110)).toBe(true);
  expect(covered(0, 109)).toBe(false);
  expect(covered(105, 110)).toBe(true);
  expect(covered(116, 124)).toBe(true);
  expect(covered(117, 125)).toBe(false);
  expect(covered(120, 200)).toBe(false);
});

test("I4 the highest grade first; the next chunk takes what is left; then it is a repeat", () => {
  const ranked = [chunk("1", A, 50, 150), chunk("2", A, 60, 160), chunk("3", A, 70, 170)];
  const found = itemsOf(ranked, [page(0, 1), page(1, 2)], "page", mainPage);
  expect(found).toEqual({ items: [`${a16}#1`, `${a16}#0`], chunks: ["1", "2"], ranks: [1, 2] });
});

test("I5 a later judgement of the same place replaces, alone", () => {
  expect([...gradesOf([page(1, 1), page(2, 1), page(1, 0)])]).toEqual([
    [`${a16}#1`, 0],
    [`${a16}#2`, 1],
  ]);
  expect([...gradesOf([passage(0, 100, 2), passage(200, 300, 1), passage(40, 140, 0)])]).toEqual([
    [`${a16}@200-300`, 1],
    [`${a16}@40-140`, 0],
  ]);
  expect(gradesOf([passage(0, 100, 2), passage(60, 160, 0)]).size).toBe(2);
});

test("I5 what was replaced does not draw chunks", () => {
  const targets = [passage(0, 100, 2), passage(40, 140, 0)];
  expect(itemsOf([chunk("c", A, 0, 100)], targets, "passage", mainPage).items).toEqual([`${a16}@40-140`]);
  expect(itemsOf([chunk("c", A, 0, 45)], targets, "passage", mainPage).items).toEqual(["c"]);
});
