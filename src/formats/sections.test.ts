import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK } from "#core/model.ts";
import { block, type Block } from "./block.ts";
import { SECTION, toSections } from "./sections.ts";

const words = (count: number, word = "word"): string => Array.from({ length: count }, () => word).join(" ");

describe("sections", () => {
  test("S1 a section begins at headings of the two outermost levels, and is named by them", () => {
    const pages = toSections([
      block("paragraph", "Before."),
      block("heading", "One", 2),
      block("paragraph", "a"),
      block("heading", "Deeper", 4),
      block("paragraph", "b"),
      block("heading", "Under one", 3),
      block("paragraph", "c"),
      block("heading", "Two", 2),
      block("paragraph", "d"),
    ]);
    expect(pages.map(({ label, text }) => [label, text])).toEqual([
      [null, "Before."],
      ["One", "One\na\nDeeper\nb"],
      ["Under one", "Under one\nc"],
      ["Two", "Two\nd"],
    ]);
    expect(pages.map(({ index, width, height, quality }) => [index, width, height, quality])).toEqual([
      [0, 0, 0, "text"],
      [1, 0, 0, "text"],
      [2, 0, 0, "text"],
      [3, 0, 0, "text"],
    ]);
  });

  test("S2 a title right above the first chapter is in that chapter's section", () => {
    const pages = toSections([block("heading", "Book", 1), block("heading", "One", 2), block("paragraph", "a")]);
    expect(pages.map(({ label, text }) => [label, text])).toEqual([["One", "Book\nOne\na"]]);
    expect([...(pages[0]?.blocks.levels ?? [])]).toEqual([1, 2, 0]);
  });

  test("S3 without headings a section ends at a block's border before 4,000 characters", () => {
    const pages = toSections(Array.from({ length: 30 }, () => block("paragraph", words(100))));
    expect(pages.map(({ text }) => text.length)).toEqual([3999, 3999, 3999, 2999]);
  });

  test("S4 parts of a long section keep its label", () => {
    const pages = toSections([
      block("heading", "Long", 1),
      ...Array.from({ length: 20 }, () => block("paragraph", words(100))),
      block("heading", "Next", 1),
      block("paragraph", "x"),
    ]);
    expect(pages.map(({ label }) => label)).toEqual(["Long", "Long", "Long", "Next"]);
  });

  test("S5 an endless block is cut behind a sentence, else a word, else anywhere but inside a letter", () => {
    const sentences = toSections([block("paragraph", "One sentence of it. ".repeat(1000).trim())]);
    expect(sentences.every(({ text }) => text.endsWith("it.") && text.length <= 2 * SECTION)).toBe(true);
    const giant = toSections([block("paragraph", "\u{1F600}".repeat(20_000))]);
    expect(giant.map(({ text }) => text).join("")).toBe("\u{1F600}".repeat(20_000));
    expect(giant.every(({ text }) => !/\p{Cs}/u.test(text))).toBe(true);
  });

  test("S6 every word of every block is in one section, in order, and blocks tile each page", () => {
    const blocks = fc.array(
      fc.record({ level: fc.nat({ max: 4 }), count: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(3000)) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(blocks, (given) => {
        let next = 0;
        const made = given.map(({ level, count }): Block => {
          const text = Array.from({ length: count }, () => `w${next++}`).join(" ");
          return level === 0 ? block("paragraph", text) : block("heading", text, level);
        });
        const pages = toSections(made);
        expect(pages.flatMap(({ text }) => text.split(/\s/))).toEqual(Array.from({ length: next }, (_, i) => `w${i}`));
        for (const { text, bodyEnd, blocks: found, label } of pages) {
          expect(found.starts[0]).toBe(0);
          expect(bodyEnd).toBe(text.length);
          expect(Array.from(found.starts.slice(1)).every((start) => text[start - 1] === "\n")).toBe(true);
          expect([...found.kinds].every((kind, i) => (kind === BLOCK.heading) === (found.levels[i] ?? 0) > 0)).toBe(
            true,
          );
          expect(label === null || /^w\d+/.test(label)).toBe(true);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
