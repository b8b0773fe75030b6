import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { DocumentId, Page } from "../model.ts";
import { headingsAt } from "../page/outline.ts";
import { chunkPages } from "./chunk.ts";
import { pagesOfBlocks, sentences, type Drawn } from "./document.fixture.ts";
import { documentText } from "./page-spans.ts";
import { sectionAround } from "./section.ts";
import { DEFAULTS } from "./settings.ts";
import { countWordPieces } from "./word-piece.fixture.ts";

const ID = "0".repeat(64) as DocumentId;

const PAGES = pagesOfBlocks(
  [
    [1, "Stone"],
    ["paragraph", sentences(3, "rock")],
    [2, "Marble"],
    ["paragraph", sentences(3, "vein")],
  ],
  [
    ["paragraph", sentences(3, "cut")],
    [3, "Red"],
    ["paragraph", sentences(2, "red")],
    [2, "Slate"],
    ["paragraph", sentences(3, "roof")],
    [1, "Wood"],
    ["paragraph", sentences(3, "oak")],
  ],
);

function around(pages: readonly Page[], phrase: string, limit?: number): { text: string; headings: readonly string[] } {
  const text = documentText(pages);
  const start = text.indexOf(phrase);
  const section = sectionAround(pages, { start, end: start + phrase.length }, limit);
  return { text: text.slice(section.start, section.end), headings: section.headings };
}

test("T1 a section reaches from its heading to the next of the same or a higher level, over pages", () => {
  const { text, headings } = around(PAGES, "The vein of row 1 is as old as time.");
  expect(headings).toEqual(["Stone", "Marble"]);
  expect(text.startsWith("Marble\nThe vein")).toBe(true);
  expect(text).toContain("\nRed\n");
  expect(text.endsWith("The red of row 1 is as old as time.")).toBe(true);
  expect(around(PAGES, "The oak").headings).toEqual(["Wood"]);
});

test("T2 text before the first heading, and without any heading, is a section too", () => {
  const preface = pagesOfBlocks([
    ["paragraph", "For Ann."],
    [1, "Stone"],
    ["paragraph", "It is old."],
  ]);
  expect(around(preface, "Ann")).toEqual({ text: "For Ann.", headings: [] });
  expect(around(pagesOfBlocks([["paragraph", "For Ann."]], [["paragraph", "And Bob."]]), "Bob")).toEqual({
    text: "For Ann.\nAnd Bob.",
    headings: [],
  });
});

test("T3 a long section is cut around the chunk at paragraphs, what one side lacks goes to the other", () => {
  const lines = Array.from({ length: 50 }, (_, i): Drawn => ["paragraph", `Line ${i}. ${"x".repeat(90)}`]);
  const pages = pagesOfBlocks([[1, "Long"], ...lines]);
  for (const [i, from, to] of [
    [25, 20, 30],
    [0, 0, 9],
    [49, 40, 49],
  ] as const) {
    const { text } = around(pages, lines[i]![1], 1100);
    const found = [...text.matchAll(/Line (\d+)/g)].map(([, number]) => Number(number));
    expect(Math.abs(found[0]! - from), String(found)).toBeLessThanOrEqual(1);
    expect(Math.abs(found.at(-1)! - to), String(found)).toBeLessThanOrEqual(1);
    expect(text.length).toBeLessThanOrEqual(1100);
    expect(text).toMatch(/^(Long|Line)/);
    expect(text).toMatch(/x{90}$/);
  }
});

const DOCUMENT = fc
  .array(
    fc.array(
      fc.tuple(
        fc.constantFrom<Drawn[0]>(1, 2, 3, "paragraph", "paragraph", "footnote", "furniture"),
        fc.integer({ min: 0, max: 9 }),
      ),
      { maxLength: 12 },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pages) =>
    pagesOfBlocks(
      ...pages.map((blocks) =>
        blocks
          .toSorted(([a], [b]) => Number(a === "furniture") - Number(b === "furniture"))
          .map(([kind, count]): Drawn => [kind, sentences(count, "oak")]),
      ),
    ),
  );

test("T4 whatever the document: the chunk is inside, the limit is kept, no heading that ends the section is behind it", () => {
  fc.assert(
    fc.property(DOCUMENT, fc.integer({ min: 50, max: 3000 }), (pages, limit) => {
      const text = documentText(pages);
      const headings = headingsAt(pages);
      for (const chunk of chunkPages(ID, pages, { ...DEFAULTS.structure, size: 40, overlap: 8 }, countWordPieces)) {
        const section = sectionAround(pages, chunk, limit);
        expect(section.start).toBeLessThanOrEqual(chunk.start);
        expect(section.end).toBeGreaterThanOrEqual(chunk.end);
        expect(section.end).toBeLessThanOrEqual(text.length);
        expect(section.end - section.start).toBeLessThanOrEqual(Math.max(limit, chunk.text.length));
        const own = headings.findLast(({ start }) => start <= chunk.start);
        expect(section.headings.at(-1)).toBe(own?.text);
        const foreign = headings.filter(
          ({ start, level }) => start >= chunk.end && start < section.end && level <= (own?.level ?? 9),
        );
        expect(foreign).toEqual([]);
      }
    }),
    { numRuns: 200, seed: 20260801 },
  );
});
