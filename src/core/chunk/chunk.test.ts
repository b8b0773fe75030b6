import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Chunk, ChunkSettings, DocumentId, Page } from "../model.ts";
import { seededRandom } from "../base/rng.ts";
import { IDEOGRAPH } from "./characters.ts";
import { plainPage } from "../page/plain-page.ts";
import { chunkPages } from "./chunk.ts";
import { DEFAULT_CHUNK_SETTINGS, hardCap, MODEL_READS } from "./settings.ts";
import { countWordPieces } from "./word-piece.fixture.ts";

const RUNS_BETWEEN = new RegExp(`[${IDEOGRAPH}]|[^${IDEOGRAPH}\\s]+`, "gu");
const ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" as DocumentId;
const RUNS = { numRuns: 200, seed: 20260801 };

function pagesOf(...texts: string[]): Page[] {
  return texts.map((text, index) => plainPage(index, text));
}

type Sizes = Partial<ChunkSettings>;

function chunksOf(texts: string[], settings: Sizes = {}): Chunk[] {
  return chunkPages(ID, pagesOf(...texts), { ...DEFAULT_CHUNK_SETTINGS, ...settings }, countWordPieces);
}

// Prose, forms that break naive splitters, and things no one would write.
const WORDS = fc.constantFrom(
  "the",
  "model",
  "re-ranks",
  "passages",
  "Dr.",
  "e.g.",
  "3.14",
  "Fig. 2",
  "naïve",
  "Überprüfung",
  "(see",
  "below)",
  "end.",
  "why?",
  "“So.”",
  "A",
  "x,",
  "§7;",
  "...",
);
const FOREIGN = fc.constantFrom(
  "重排序。",
  "“真的吗？”他说：",
  "模型",
  "これはペンです。",
  "ひらがなだけのながいぶんしょう",
  "مرحبا بالعالم؟",
  "שלום",
  "नमस्ते।",
  "สวัสดีครับ",
  "한국어 문장.",
  "𠮷野家",
  "葛󠄀城",
  "国\u0308ab",
);
const TORTURE = fc.constantFrom(
  "👨‍👩‍👧‍👦",
  "🇩🇪🇫🇷🇯🇵",
  "👍🏽",
  "e\u0301\u0323",
  "\ud800",
  "\udc00",
  "\u200b",
  "\u0000",
  "\u000b\u000c",
  "\ufeff",
  "\u202e",
  "a\u0300".repeat(40),
  "👩‍🚀".repeat(30),
  "Q".repeat(130),
  "ab/".repeat(90),
  "永".repeat(150),
  Array<string>(50).fill("👩").join("\u200d"),
  "ひ。".repeat(20),
  "~".repeat(5),
  ".".repeat(70),
);
const GAP = fc.constantFrom(" ", " ", " ", " ", "\n", "  ", "\t", "", "\u3000", "\n\n");
const SOUP = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 6, arbitrary: WORDS }, { weight: 3, arbitrary: FOREIGN }, { weight: 1, arbitrary: TORTURE }),
      GAP,
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.flat().join(""));
const PAGES = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: SOUP },
    {
      weight: 1,
      arbitrary: fc.array(fc.nat(0xffff), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
    },
    { weight: 1, arbitrary: fc.constant("") },
  ),
  { maxLength: 4 },
);
const SETTINGS = fc
  .integer({ min: 8, max: 64 })
  .chain((size) => fc.record({ size: fc.constant(size), overlap: fc.integer({ min: 0, max: Math.floor(size / 2) }) }));

/** Slow and plain: every grapheme border of the whole text. */
function graphemeBorders(text: string): Set<number> {
  return new Set([...Array.from(new Intl.Segmenter("en").segment(text), ({ index }) => index), text.length]);
}

// A shared machine can be ten times slower than a free one.
describe("chunkPages on any text", { timeout: 60_000 }, () => {
  test("C1 a chunk's text is the document's text at its offsets, within the cap, counted exactly", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const text = texts.join("\n");
        for (const chunk of chunksOf(texts, settings)) {
          expect(chunk.text).toBe(text.slice(chunk.start, chunk.end));
          expect(chunk.tokens).toBe(countWordPieces(chunk.text));
          expect(chunk.tokens).toBeLessThanOrEqual(hardCap(settings.size, MODEL_READS));
          expect(chunk.text.length).toBeLessThanOrEqual(settings.size * 16);
        }
      }),
      RUNS,
    );
  });

  test("C1 holds, too, where the tokens of a word's parts do not add up to those of the word", () => {
    // Longer runs cost more than their parts or less, by the power: 30 letters are 82 tokens, or 10.
    const counter = (power: number) => (piece: string) =>
      [...piece.matchAll(RUNS_BETWEEN)].reduce((sum, [run]) => sum + Math.ceil(run.length ** power), 0);
    fc.assert(
      fc.property(PAGES, SETTINGS, fc.constantFrom(1.3, 1.1, 0.7), (texts, settings, power) => {
        const count = counter(power);
        for (const { text, tokens } of chunkPages(
          ID,
          pagesOf(...texts),
          { strategy: "structure", ...settings },
          count,
        )) {
          expect(tokens).toBe(count(text));
          expect(tokens).toBeLessThanOrEqual(hardCap(settings.size, MODEL_READS));
        }
      }),
      RUNS,
    );
  });

  test("C1 no chunk splits a grapheme, unless the grapheme alone is over the budget", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const text = texts.join("\n");
        const borders = graphemeBorders(text);
        for (const at of chunksOf(texts, settings).flatMap(({ start, end }) => [start, end])) {
          if (borders.has(at)) continue;
          expect(/[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1))).toBe(false);
          const from = Math.max(...[...borders].filter((border) => border < at));
          const grapheme = text.slice(from, Math.min(...[...borders].filter((border) => border > at)));
          const broken = /^\s/.test(grapheme) || countWordPieces(grapheme) > settings.size / 2;
          expect(broken || grapheme.length > settings.size * 8, JSON.stringify(grapheme)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("C2 every character of a token is in a chunk, and the chunk names exactly the pages it touches", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const text = texts.join("\n");
        const pageOf = texts.flatMap((page, index) => Array<number>(page.length + 1).fill(index));
        const covered = new Set<number>();
        for (const chunk of chunksOf(texts, settings)) {
          for (let at = chunk.start; at < chunk.end; at++) covered.add(at);
          expect([chunk.firstPage, chunk.lastPage]).toEqual([pageOf[chunk.start], pageOf[chunk.end - 1]]);
        }
        const missed = [...text.matchAll(/[^\s\p{Cc}\p{Cf}]/gu)].filter(({ index }) => !covered.has(index));
        expect(missed.map(([letter]) => letter)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("C3 starts and ends rise strictly, ordinals count, and every chunk brings new text", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const text = texts.join("\n");
        const chunks = chunksOf(texts, settings);
        for (const [i, chunk] of chunks.entries()) {
          expect(chunk.ordinal).toBe(i);
          expect(chunk.id).toBe(`0123456789abcdef:${i}`);
          const before = chunks[i - 1];
          if (before === undefined) continue;
          expect(chunk.start).toBeGreaterThan(before.start);
          expect(countWordPieces(text.slice(Math.max(before.end, chunk.start), chunk.end))).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  test("C4 the overlap is never more than asked for", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const text = texts.join("\n");
        const chunks = chunksOf(texts, settings);
        for (const [i, chunk] of chunks.entries()) {
          const repeated = text.slice(chunk.start, chunks[i - 1]?.end ?? 0);
          expect(countWordPieces(repeated)).toBeLessThanOrEqual(settings.overlap);
        }
      }),
      RUNS,
    );
  });

  test("C5 no chunk is empty, white space at its ends, or without a token", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        for (const { text, tokens } of chunksOf(texts, settings)) {
          expect(text).not.toBe("");
          expect(text.trim()).not.toBe("");
          expect(text).not.toMatch(/^[ \n\t\u3000]|[ \n\t\u3000]$/);
          expect(tokens).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  test("C6 the same input gives the same chunks, and the input stays as it was", () => {
    fc.assert(
      fc.property(PAGES, SETTINGS, (texts, settings) => {
        const pages = Object.freeze(pagesOf(...texts).map((page) => Object.freeze(page)));
        const chunk = (): Chunk[] =>
          chunkPages(ID, pages, Object.freeze({ strategy: "structure", ...settings }), countWordPieces);
        expect(chunk()).toEqual(chunk());
      }),
      RUNS,
    );
  });
});

/** Prose of `count` sentences of 8 to 24 words, 6 sentences a paragraph. */
function prose(count: number, seed: number): string {
  const random = seededRandom(seed);
  const vocabulary = ["rank", "score", "passage", "query", "index", "vector", "model", "page", "token", "search"];
  const word = (): string => vocabulary[Math.floor(random() * vocabulary.length)]!;
  const sentence = (): string => `The ${Array.from({ length: 8 + Math.floor(random() * 16) }, word).join(" ")}.`;
  return Array.from({ length: count }, (_, i) => sentence() + (i % 6 === 5 ? "\n" : " ")).join("");
}

describe("chunkPages on prose", { timeout: 60_000 }, () => {
  const text = prose(200, 7);
  const chunks = chunksOf([text]);

  test("C4 prose is cut between sentences and the overlap is whole sentences where one fits", () => {
    for (const chunk of chunks) expect(chunk.text.endsWith(".")).toBe(true);
    for (const [i, chunk] of chunks.slice(1).entries()) {
      const before = chunks[i]!;
      const repeated = text.slice(chunk.start, before.end);
      const lastSentence = before.text.slice(before.text.lastIndexOf("The "));
      if (countWordPieces(lastSentence) <= 32) expect(repeated.startsWith("The ")).toBe(true);
      else if (text[before.end] === "\n") expect(repeated).toBe("");
      else expect(lastSentence.endsWith(repeated) && repeated.length > 60, repeated).toBe(true);
    }
  });

  test("C4 where no whole sentence fits, the end of the last one is repeated, from a clause or a word", () => {
    const long = Array.from(
      { length: 12 },
      (_, i) => `Part ${i} ${"word ".repeat(30)}and then, last of all, the very end.`,
    ).join(" ");
    const pieces = chunksOf([long], { size: 100, overlap: 12 });
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.slice(1).every((chunk) => chunk.text.startsWith("last of all, the very end."))).toBe(true);
  });

  test("C7 no chunk of prose is small: the last two share what is left", () => {
    for (let count = 1; count < 120; count++) {
      const tokens = chunksOf([prose(count, count)]).map((chunk) => chunk.tokens);
      if (tokens.length > 1) expect(Math.min(...tokens), tokens.join(" ")).toBeGreaterThanOrEqual(256 / 4);
    }
  });

  test("C7 a paragraph end is preferred where it costs less than a quarter of a chunk", () => {
    const ends = chunks.filter((chunk) => text[chunk.end] === "\n").length;
    expect(ends).toBeGreaterThan(chunks.length / 2);
  });

  test("C8 a chunk may span pages, also an empty one, and says so", () => {
    const spanning = chunksOf(["One sentence runs", "", "on over the page. Then it ends."]);
    expect(spanning.map(({ firstPage, lastPage, text: whole }) => [firstPage, lastPage, whole])).toEqual([
      [0, 2, "One sentence runs\n\non over the page. Then it ends."],
    ]);
  });

  test("C8 page numbers are the pages' own, not their place in the list", () => {
    const pages = pagesOf("First.", "Second.").map((page) => ({ ...page, index: page.index + 40 }));
    const [chunk] = chunkPages(ID, pages, DEFAULT_CHUNK_SETTINGS, countWordPieces);
    expect([chunk?.firstPage, chunk?.lastPage]).toEqual([40, 41]);
  });

  test("C1 a lone surrogate behind an ideograph is not a half of it", () => {
    const count = (piece: string): number =>
      [...piece.matchAll(RUNS_BETWEEN)].reduce((sum, [run]) => sum + Math.ceil(run.length ** 1.3), 0);
    const [chunk] = chunkPages(
      ID,
      pagesOf("㐀\udc00\u0000\u0000"),
      { strategy: "structure", size: 8, overlap: 0 },
      count,
    );
    expect(chunk?.tokens).toBe(6);
  });

  test("C1 giants: base64, one Chinese run, kana, emoji, marks without end", () => {
    const random = seededRandom(3);
    const base64 = Array.from({ length: 30_000 }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ+/"[Math.floor(random() * 28)]).join(
      "",
    );
    for (const giant of [
      base64,
      "Q".repeat(50_000),
      "永".repeat(10_000),
      "ひ".repeat(10_000),
      "👨‍👩‍👧‍👦".repeat(2000),
      Array<string>(3000).fill("👩").join("\u200d"),
      `a${"\u0301".repeat(20_000)}`,
      "、".repeat(5000),
      "🇩🇪".repeat(3000),
    ]) {
      const found = chunksOf([`Before. ${giant} After.`]);
      expect(
        found.every(
          (chunk) => chunk.tokens === countWordPieces(chunk.text) && chunk.tokens <= 384 && chunk.text.length <= 4096,
        ),
      ).toBe(true);
      let reached = 0;
      for (const chunk of found) {
        expect(chunk.text).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        expect(chunk.start).toBeLessThanOrEqual(reached + 1);
        reached = chunk.end;
      }
      expect(reached).toBe("Before.  After.".length + giant.length);
    }
  });

  test("C5 nothing comes of nothing", () => {
    expect(chunksOf([])).toEqual([]);
    expect(chunksOf(["", " \n\t ", "\u200b\u0000 \u000c"])).toEqual([]);
  });

  test("C9 each distinct word is counted once, so a long text costs no more than its words", () => {
    let calls = 0;
    chunkPages(ID, pagesOf(prose(5000, 1)), DEFAULT_CHUNK_SETTINGS, (piece) => (calls++, countWordPieces(piece)));
    expect(calls).toBeLessThan(30);
  });

  test("C9 a run without spaces is counted a few times over, not once a piece", () => {
    for (const giant of ["ab/".repeat(100_000), "𠮷".repeat(50_000), "ひ。".repeat(50_000)]) {
      let counted = 0;
      chunkPages(
        ID,
        pagesOf(giant),
        DEFAULT_CHUNK_SETTINGS,
        (piece) => ((counted += piece.length), countWordPieces(piece)),
      );
      expect(counted).toBeLessThan(12 * giant.length);
    }
  });

  test("settings that cannot hold the rules are refused, and a cancel is heard", () => {
    for (const settings of [
      { size: 7, overlap: 0 },
      { size: 20, overlap: 11 },
      { size: 20, overlap: -1 },
      { size: 20.5, overlap: 0 },
      { size: NaN, overlap: 0 },
    ]) {
      expect(() => chunksOf(["text"], settings)).toThrow("chunk size");
    }
    const stop = {
      throwIfAborted: () => {
        throw new Error("stopped");
      },
    };
    expect(() => chunkPages(ID, pagesOf("Text."), DEFAULT_CHUNK_SETTINGS, countWordPieces, stop)).toThrow("stopped");
  });
});
