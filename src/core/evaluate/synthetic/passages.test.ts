import { expect, test } from "vitest";
import type { DocumentId } from "../../model.ts";
import { drawPassages, isSuitable } from "./passages.ts";

const words = (count: number, of: string): string =>
  Array.from({ length: count }, (_, i) => `${of}${"abcdefgh"[i % 8]}`).join(" ");
const letters = "abcdefghijklmnopqrstuvwxyz";
const chunksOf = (document: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    documentId: document.repeat(64) as DocumentId,
    start: i * 1000,
    end: i * 1000 + 900,
    text: words(40, `${document}${letters[i]}`),
  }));

test.each([
  ["29 words", words(29, "w"), false],
  ["30 words", words(30, "w"), true],
  ["59 dense letters", "水".repeat(59), false],
  ["60 dense letters", "水".repeat(60), true],
  ["numbers", "12.5 33.7 88 ".repeat(40), false],
  ["dot leaders", `${"Results of the measurements ........ 12 ".repeat(8)}`, false],
  ["lines that end in numbers", "The results of all the measurements 12\n".repeat(8), false],
  [
    "prose with years at some ends",
    `${words(30, "w")} 1999\n${words(9, "v")}\n${words(9, "u")}\n${words(9, "t")}`,
    true,
  ],
])("Q7 %s", (_, text, suitable) => expect(isSuitable(text)).toBe(suitable));

test("Q7 a passage that stands twice is not drawn", () => {
  const [first, second] = chunksOf("a", 2);
  const twin = { ...first!, documentId: "b".repeat(64) as DocumentId, text: first!.text.toUpperCase() };
  const { chunks, suitable } = drawPassages([first!, second!, twin], 9, 1);
  expect(chunks.map(({ start }) => start)).toEqual([1000]);
  expect(suitable).toBe(1);
});

test("Q8 the same seed draws the same in whatever order; documents take turns; another seed draws others", () => {
  const all = [...chunksOf("a", 20), ...chunksOf("b", 2), ...chunksOf("c", 20)];
  const drawn = drawPassages(all, 8, 1);
  expect(drawPassages(all.toReversed(), 8, 1)).toEqual(drawn);
  expect(drawPassages(all, 8, 2)).not.toEqual(drawn);
  expect(drawn.suitable).toBe(42);
  const of = (document: string): number => drawn.chunks.filter(({ documentId }) => documentId[0] === document).length;
  expect([of("a"), of("b"), of("c")]).toEqual([3, 2, 3]);
  expect(new Set(drawn.chunks.slice(0, 3).map(({ documentId }) => documentId)).size).toBe(3);
  expect(drawn.chunks.every(({ given }) => given === null)).toBe(true);
  expect(drawPassages(all, 999, 1).chunks).toHaveLength(42);
});
