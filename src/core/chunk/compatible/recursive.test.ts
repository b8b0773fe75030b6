import * as fc from "fast-check";
import { expect, test } from "vitest";
import { splitRecursively } from "./recursive.ts";

function split(text: string, size: number, overlap: number): string[] {
  return splitRecursively(text, size, overlap).map(({ start, end }) => text.slice(start, end));
}

// Inputs and answers of langchain's test_text_splitters.py.
test("as langchain: paragraphs, lines, words, characters, each only where the one before is too long", () => {
  const text =
    "Hi.\n\nI'm Harrison.\n\nHow? Are? You?\nOkay then f f f f.\n" +
    "This is a weird text to write, but gotta test the splittingggg some how.\n\nBye!\n\n-H.";
  expect(split(text, 10, 1)).toEqual([
    "Hi.",
    "I'm",
    "Harrison.",
    "How? Are?",
    "You?",
    "Okay then",
    "f f f f.",
    "This is a",
    "weird",
    "text to",
    "write,",
    "but gotta",
    "test the",
    "splitting",
    "gggg",
    "some how.",
    "Bye!",
    "-H.",
  ]);
});

test("as langchain: start offsets of repeated text are true", () => {
  expect(splitRecursively("w1 w1 w1 w1 w1 w1 w1 w1 w1", 6, 0)).toEqual([
    { start: 0, end: 5 },
    { start: 6, end: 11 },
    { start: 12, end: 17 },
    { start: 18, end: 23 },
    { start: 24, end: 26 },
  ]);
});

// Answers of langchain-text-splitters 1.1.2.
test.each([
  ["foo bar baz 123", 7, 3, ["foo bar", "baz", "123"]],
  ["foo bar baz 123", 8, 4, ["foo bar", "bar baz", "baz 123"]],
  ["a a foo bar baz", 4, 1, ["a a", "foo", "bar", "baz"]],
  ["", 10, 0, []],
  [" \n\n ", 2, 0, []],
  ["𠮷𠮷𠮷𠮷𠮷", 2, 1, ["𠮷𠮷", "𠮷𠮷", "𠮷𠮷", "𠮷𠮷"]],
])("as langchain: %j at %d and %d", (text, size, overlap, expected) => {
  expect(split(text, size, overlap)).toEqual(expected);
});

test("no chunk is over the size, and nothing but white space is lost, whatever the text", () => {
  const words = fc.constantFrom("the", "Dr.", "splittingggg", "重排序。", "𠮷野家", "x".repeat(70), "", "\ufeff");
  const gaps = fc.constantFrom(" ", " ", "\n", "\n\n", "\n\n\n", "\t", "");
  const soup = fc.array(fc.tuple(words, gaps), { maxLength: 80 }).map((parts) => parts.flat().join(""));
  fc.assert(
    fc.property(soup, fc.integer({ min: 8, max: 60 }), fc.nat(60), (text, size, overlap) => {
      const covered = new Set<number>();
      for (const { start, end } of splitRecursively(text, size, Math.min(overlap, size))) {
        expect(Array.from(text.slice(start, end)).length).toBeLessThanOrEqual(size);
        for (let at = start; at < end; at++) covered.add(at);
      }
      expect([...text.matchAll(/\S/g)].filter(({ index }) => !covered.has(index))).toEqual([]);
    }),
    { numRuns: 300, seed: 20260801 },
  );
});
