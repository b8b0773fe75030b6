import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { punktStarts } from "./punkt.ts";
import { splitLikeLlamaIndex } from "./sentence-splitter.ts";
import { countPieces, repeated } from "./vectors.fixture.ts";

function split(text: string, size: number, overlap: number, count: (text: string) => number = countPieces): string[] {
  return splitLikeLlamaIndex(text, size, overlap, (from, to) => count(text.slice(from, to))).map(({ start, end }) =>
    text.slice(start, end),
  );
}

function sentences(text: string): string[] {
  const starts = punktStarts(text);
  return starts.map((start, i) => text.slice(start, starts[i + 1]));
}

const FOO = repeated("foo", 15);
const BAR = repeated("bar", 15);

/*
 * Inputs and answers of llama_index's test_sentence_splitter.py. Those that need the real cl100k table (the Chinese
 * text in two at 512, "abcde" × 200 in ten at 100, the English text with metadata in four) were compared once with
 * js-tiktoken and agree; here a counter by characters stands in, with answers from the original algorithm.
 */
describe("as llama_index's SentenceSplitter", () => {
  test("paragraphs part at three line feeds", () => {
    expect(split(`${FOO}\n\n\n${BAR}`, 20, 0)).toEqual([FOO, BAR]);
  });

  test("sentences part at a stop", () => {
    expect(split(`${FOO}. ${BAR}`, 20, 0)).toEqual([`${FOO}.`, BAR]);
  });

  test("what fits is one chunk; an overlap of 10 repeats whole sentences and may exceed the size", () => {
    expect(split("Hello! How are you? I am fine. And you?", 15, 10)).toHaveLength(1);
    expect(split("Hello! How are you? I am fine. And you? This is a slightly longer sentence.", 15, 10)).toEqual([
      "Hello! How are you? I am fine.",
      "How are you? I am fine. And you?",
      "I am fine. And you? This is a slightly longer sentence.",
    ]);
  });

  test("text without spaces is cut character by character, and a chunk counts them one by one", () => {
    const chunks = split("abcde".repeat(200), 100, 0, (text) => (text.length === 1 ? 1 : Math.ceil(text.length * 0.4)));
    expect(chunks).toEqual(Array.from({ length: 10 }, () => "abcde".repeat(20)));
  });

  test("repeated text keeps true offsets", () => {
    const text = "[this is a link](../path/to/file.md) ".repeat(12);
    const ranges = splitLikeLlamaIndex(text, 16, 1, (from, to) => countPieces(text.slice(from, to)));
    expect(ranges.length).toBeGreaterThan(10);
    for (const [i, { start }] of ranges.entries()) expect(start).toBeGreaterThan(ranges[i - 1]?.start ?? -1);
    expect(
      ranges
        .map(({ start, end }) => text.slice(start, end))
        .join("")
        .replaceAll(" ", ""),
    ).toBe(text.replaceAll(" ", ""));
  });

  test("Chinese is cut at its stops, not at its wide commas, and character by character where that is not enough", () => {
    const text = "教育是人类社会的基石，也是重要途径。它能够提升个体的知识水平，还能塑造人的品格。";
    expect(split(text, 22, 0, (part) => part.length)).toEqual([
      "教育是人类社会的基石，也是重要途径。",
      "它能够提升个体的知识水平，还能塑造人的品格。",
    ]);
    expect(split(text, 20, 0, (part) => part.length)).toEqual([
      "教育是人类社会的基石，也是重要途径。它能",
      "够提升个体的知识水平，还能塑造人的品格。",
    ]);
  });

  test("a table without stops is cut at its spaces (issue 7287)", () => {
    const row = "| Leading Through OKRs                    | Lifeskill       | 1              | 100        |\n";
    const chunks = split(row.repeat(8), 60, 0);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join(" ").replaceAll(/\s+/g, " ")).toBe(row.repeat(8).trim().replaceAll(/\s+/g, " "));
  });

  test("a character over the size is kept, where the original gives up", () => {
    expect(split("ab", 1, 0, (text) => 3 * text.length)).toEqual(["a", "b"]);
  });

  test("nothing but white space is lost, whatever the text", () => {
    const words = fc.constantFrom(
      "the",
      "Dr.",
      "3.",
      "J.",
      "end.",
      "why?",
      "“So.”",
      "重排序。",
      "a,b;c",
      "...",
      "𠮷",
      "",
    );
    const gaps = fc.constantFrom(" ", " ", "\n", "\n\n\n", "\t", "");
    const soup = fc.array(fc.tuple(words, gaps), { maxLength: 80 }).map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(soup, fc.integer({ min: 8, max: 40 }), fc.nat(40), (text, size, overlap) => {
        const covered = new Set<number>();
        for (const { start, end } of splitLikeLlamaIndex(text, size, Math.min(overlap, size), (a, b) => b - a))
          for (let at = start; at < end; at++) covered.add(at);
        expect([...text.matchAll(/\S/g)].filter(({ index }) => !covered.has(index))).toEqual([]);
      }),
      { numRuns: 300, seed: 20260801 },
    );
  });
});

// Answers of NLTK 3.10.3, PunktSentenceTokenizer() without training.
describe("as NLTK's untrained Punkt", () => {
  test.each([
    ["Hello! How are you? I am fine.", ["Hello! ", "How are you? ", "I am fine."]],
    ["J. Smith ran. e.g. this 3. the", ["J. Smith ran. ", "e.g. ", "this 3. the"]],
    ["Dr. Who came. 3. January", ["Dr. ", "Who came. ", "3. ", "January"]],
    ["Wait... what? Yes.", ["Wait... what? ", "Yes."]],
    ["(It ended.) Then (again.) more", ["(It ended.) ", "Then (again.) ", "more"]],
    ["He said “so.” She left.", ["He said “so.” ", "She left."]],
    ["真的吗？是的。好", ["真的吗？是的。好"]],
    ["Very bad acting!!! I promise.", ["Very bad acting!!! ", "I promise."]],
    ["", []],
    [" \n ", []],
  ])("%j", (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });
});
