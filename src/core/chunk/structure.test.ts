import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK, type Chunk, type ChunkSettings, type DocumentId, type Page } from "../model.ts";
import { chunkPages } from "./chunk.ts";
import { pagesOfBlocks, sentences, type Drawn } from "./document.fixture.ts";
import { documentText } from "./page-spans.ts";
import { DEFAULTS, hardCap, MODEL_READS } from "./settings.ts";
import { countWordPieces } from "./word-piece.fixture.ts";

const ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" as DocumentId;

function chunksOf(pages: readonly Page[], settings: Partial<ChunkSettings> = {}): Chunk[] {
  return chunkPages(ID, pages, { ...DEFAULTS.structure, ...settings }, countWordPieces);
}

describe("structure: sections", () => {
  const pages = pagesOfBlocks(
    [
      [1, "A treatise"],
      [2, "1 Wood"],
      ["paragraph", sentences(12, "oak")],
      [2, "2 Stone"],
      ["paragraph", sentences(60, "rock")],
    ],
    [
      ["paragraph", sentences(10, "slate")],
      [3, "2.1 Marble"],
      ["paragraph", sentences(12, "vein")],
    ],
  );
  const chunks = chunksOf(pages);

  test("S1 no chunk crosses the heading of a section that has enough text", () => {
    for (const { text } of chunks) {
      const found = ["oak", "rock", "vein"].filter((word) => text.includes(word));
      expect(found.length, text).toBeLessThanOrEqual(1);
    }
    expect(chunks.map(({ text }) => text.split("\n")[0]).filter((line) => /^\d/.test(line!))).toEqual([
      "2 Stone",
      "2.1 Marble",
    ]);
  });

  test("S2 a title without text goes with the section below it", () => {
    expect(chunks[0]?.text.startsWith("A treatise\n1 Wood\nThe oak")).toBe(true);
  });

  test("S3 a chunk knows the headings it stands under, without those it begins with", () => {
    const paths = chunks.map(({ headings, text }) => [text.slice(0, 8), headings]);
    expect(paths[0]).toEqual(["A treati", []]);
    expect(paths[1]).toEqual(["2 Stone\n", ["A treatise"]]);
    expect(paths[2]?.[1]).toEqual(["A treatise", "2 Stone"]);
    expect(paths.at(-1)).toEqual(["2.1 Marb", ["A treatise", "2 Stone"]]);
  });

  test("S4 a section of up to the hard cap is one chunk, not a chunk and a rest", () => {
    const tokens = chunksOf(
      pagesOfBlocks([
        [1, "One"],
        ["paragraph", sentences(30, "oak")],
      ]),
    ).map((c) => c.tokens);
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).toBeGreaterThan(DEFAULTS.structure.size);
    expect(tokens[0]).toBeLessThanOrEqual(384);
  });

  test("S5 small sections go together until there is enough; the small end of a chapter stays with its chapter", () => {
    const small = pagesOfBlocks([
      [1, "Questions"],
      ...["a", "b", "c", "d", "e", "f"].flatMap((name): Drawn[] => [
        [2, `What is ${name}?`],
        ["paragraph", sentences(2, name)],
      ]),
      [1, "Answers"],
      ["paragraph", sentences(12, "oak")],
    ]);
    const texts = chunksOf(small).map(({ text }) => text);
    expect(texts.map((text) => text.match(/What is/g)?.length ?? 0)).toEqual([3, 3, 0]);
    const tail = pagesOfBlocks([
      [1, "Chapter"],
      [2, "Body"],
      ["paragraph", sentences(10, "oak")],
      [2, "Thanks"],
      ["paragraph", "To all."],
      [1, "Next"],
      ["paragraph", sentences(10, "rock")],
    ]);
    expect(chunksOf(tail).map(({ text }) => [text.includes("Thanks"), text.includes("rock")])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test("S6 no chunk ends with a heading, and none repeats what stands before one", () => {
    const many = pagesOfBlocks(
      Array.from({ length: 40 }, (_, i): Drawn[] => [
        [2, `Heading ${i}`],
        ["paragraph", sentences(1 + (i % 7), "oak")],
      ]).flat(),
    );
    for (const size of [40, 64, 100]) {
      const text = documentText(many);
      const cut = chunksOf(many, { size, overlap: 12 });
      for (const [i, chunk] of cut.entries()) {
        expect(chunk.text.endsWith("."), chunk.text).toBe(true);
        const before = cut[i - 1]?.end ?? 0;
        if (text.startsWith("\nHeading", before)) expect(chunk.start).toBeGreaterThan(before);
      }
      expect(cut.some(({ start }, i) => i > 0 && start < cut[i - 1]!.end)).toBe(size < 64);
    }
  });

  test("S7 at most four headings, the innermost, each of about 80 characters", () => {
    const deep = pagesOfBlocks([
      ...([1, 2, 3, 4, 5, 6] as const).map((level): Drawn => [level, `Level ${level} ${"word ".repeat(30)}`]),
      ["paragraph", sentences(80, "oak")],
    ]);
    const { headings } = chunksOf(deep).at(-1)!;
    expect(headings.map((heading) => heading.slice(0, 7))).toEqual(["Level 3", "Level 4", "Level 5", "Level 6"]);
    for (const heading of headings) {
      expect(heading.length).toBeLessThanOrEqual(80);
      expect(heading).toMatch(/word…$/);
    }
  });
});

describe("structure: blocks", () => {
  test("B1 a footnote, a caption, a row of a table is not torn into sentences", () => {
    for (const kind of ["footnote", "caption", "tableRow", "aside"] as const) {
      const whole = "See No. 3. It is old. It is said. Who knows. Not I. Nor you. The end.";
      const pages = pagesOfBlocks([
        ["paragraph", sentences(9, "oak")],
        [kind, whole],
        ["paragraph", sentences(9, "elm")],
      ]);
      for (let size = 40; size < 90; size++) {
        const holders = chunksOf(pages, { size, overlap: 0 }).filter(({ text }) => /See|said|end/.test(text));
        expect(holders.map(({ text }) => text.includes(whole))).toEqual([true]);
      }
    }
  });

  test("B2 a sentence that goes on behind the footnotes of its page is a bad place to cut", () => {
    const open = `${sentences(9, "oak")} The last one of these goes on`;
    const pages = pagesOfBlocks(
      [
        ["paragraph", open],
        ["footnote", "1 A remark."],
      ],
      [["paragraph", `behind the page. ${sentences(9, "elm")}`]],
    );
    for (let size = 60; size < 110; size += 5) {
      const holders = chunksOf(pages, { size, overlap: 0 }).filter(({ text }) => text.includes("The last one"));
      expect(holders[0]?.text).toContain("behind the page.");
    }
  });

  test("B4 nor is the end of a page, where the sentence goes on behind the table at the head of the next", () => {
    const rows = [1, 2].map((i): Drawn => ["tableRow", `Row ${i} of cells`]);
    const pages = pagesOfBlocks(
      [["paragraph", `${sentences(9, "oak")} The last one of these goes on`]],
      [["caption", "Table 1: trees"], ...rows, ["paragraph", `behind the table. ${sentences(9, "elm")}`]],
    );
    for (let size = 60; size < 110; size += 5) {
      const holders = chunksOf(pages, { size, overlap: 0 }).filter(({ text }) => text.includes("The last one"));
      expect(holders[0]?.text).toContain("behind the table.");
    }
  });

  test("B3 running headers and page numbers are in no chunk", () => {
    const pages = pagesOfBlocks(
      [
        ["paragraph", "One sentence runs"],
        ["furniture", "Journal of Oaks"],
        ["furniture", "1"],
      ],
      [
        ["paragraph", "on over the page."],
        ["furniture", "2"],
      ],
    );
    const chunks = chunksOf(pages);
    expect(chunks.map(({ text }) => text)).toEqual(["One sentence runs\non over the page."]);
  });
});

// Anything a layout may claim: blocks of any kind that begin anywhere, also inside a word.
const WORDS = fc.constantFrom("the", "model.", "Dr.", "why?", "重排序。", "模型", "Q".repeat(130), "👩‍🚀", "\u200b", "x");
const GAP = fc.constantFrom(" ", " ", "\n", "", "\n\n\n", "\u3000");
const TEXT = fc.array(fc.tuple(WORDS, GAP), { maxLength: 60 }).map((parts) => parts.flat().join(""));
const PAGES = fc
  .array(
    TEXT.chain((text) =>
      fc.record({
        text: fc.constant(text),
        body: fc.nat(text.length),
        starts: fc.uniqueArray(fc.nat(text.length), { maxLength: 8 }).map((at) => at.toSorted((a, b) => a - b)),
        kinds: fc.array(fc.nat(7), { minLength: 8, maxLength: 8 }),
        levels: fc.array(fc.nat(6), { minLength: 8, maxLength: 8 }),
      }),
    ),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ text, body, starts, kinds, levels }, index) => {
      const [page] = pagesOfBlocks([["paragraph", text]]);
      const blocks = {
        starts: Uint32Array.from(starts),
        kinds: Uint8Array.from(starts, (_, i) => kinds[i]!),
        levels: Uint8Array.from(starts, (_, i) => (kinds[i] === BLOCK.heading ? levels[i]! : 0)),
      };
      return { ...page!, index, bodyEnd: body, blocks };
    }),
  );
const SETTINGS: fc.Arbitrary<ChunkSettings> = fc.oneof(
  fc.integer({ min: 8, max: 64 }).chain((size) =>
    fc.record({
      strategy: fc.constantFrom("structure" as const, "sentence-splitter" as const, "recursive" as const),
      size: fc.constant(size),
      overlap: fc.integer({ min: 0, max: Math.floor(size / 2) }),
    }),
  ),
  fc.constant(DEFAULTS.page),
);

describe("every strategy on any blocks", { timeout: 60_000 }, () => {
  const RUNS = { numRuns: 500, seed: 20260801 };

  test("C1 a chunk's text is the document's text at its offsets, counted exactly, and never blank", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, fc.integer({ min: 16, max: 64 }), (pages, settings, limit) => {
        const text = documentText(pages);
        for (const [i, chunk] of chunkPages(ID, pages, settings, countWordPieces, undefined, limit).entries()) {
          expect(chunk.ordinal).toBe(i);
          expect(chunk.text).toBe(text.slice(chunk.start, chunk.end));
          expect(chunk.tokens).toBe(countWordPieces(chunk.text));
          expect(chunk.tokens).toBeGreaterThan(0);
          expect(chunk.text.trim()).toBe(chunk.text.replaceAll(/^\ufeff|\ufeff$/g, ""));
          if (settings.strategy === "page") expect(chunk.tokens).toBeLessThanOrEqual(limit);
          if (settings.strategy === "structure")
            expect(chunk.tokens).toBeLessThanOrEqual(Math.max(settings.size, hardCap(settings.size, limit)));
          else expect(chunk.headings).toEqual([]);
          if (settings.strategy !== "structure") expect(chunk.firstPage).toBe(chunk.lastPage);
        }
      }),
      RUNS,
    );
  });

  test("C2 every character of a token of every body is in a chunk", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (pages, settings) => {
        const covered = new Set<number>();
        for (const { start, end } of chunkPages(ID, pages, settings, countWordPieces))
          for (let at = start; at < end; at++) covered.add(at);
        const missed = [...documentText(pages).matchAll(/[^\s\p{Cc}\p{Cf}]/gu)];
        expect(missed.filter(({ index }) => !covered.has(index)).map(([letter]) => letter)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("page: one chunk a page, and parts only where the model cannot read it at once", () => {
    const pages = pagesOfBlocks([["paragraph", sentences(20, "oak")]], [], [["paragraph", sentences(200, "elm")]]);
    const chunks = chunkPages(ID, pages, DEFAULTS.page, countWordPieces);
    expect(chunks.map(({ firstPage }) => firstPage)).toEqual([0, 2, 2, 2, 2, 2]);
    for (const { tokens } of chunks) expect(tokens).toBeLessThanOrEqual(MODEL_READS);
  });

  test("C9 each distinct word is counted once by every strategy", () => {
    const pages = pagesOfBlocks(
      ...Array.from({ length: 50 }, (_, i): Drawn[] => [
        [2, `Section ${i}`],
        ["paragraph", sentences(60, "oak")],
      ]),
    );
    for (const settings of Object.values(DEFAULTS)) {
      let calls = 0;
      chunkPages(ID, pages, settings, (piece) => (calls++, countWordPieces(piece)));
      expect(calls, settings.strategy).toBeLessThan(200);
    }
  });
});
