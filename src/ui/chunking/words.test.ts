import { expect, test } from "vitest";
import type { ChunkPreview } from "#core/chunk/preview.ts";
import { DEFAULTS } from "#core/chunk/settings.ts";
import { aboutStrategy, applyLabel, sameSettings, sizesSentence, STRATEGIES, tooLongSentence } from "./words.ts";

const PREVIEW: ChunkPreview = {
  chunks: 1212,
  limit: 510,
  tooLong: 0,
  smallest: 31,
  median: 241,
  largest: 380,
  sizes: [],
  pages: [],
};

test("U20 every strategy has a name, words of its own and default numbers", () => {
  expect(STRATEGIES.map(([strategy]) => strategy)).toEqual(Object.keys(DEFAULTS));
  expect(new Set(STRATEGIES.map(([strategy]) => aboutStrategy(strategy))).size).toBe(STRATEGIES.length);
});

test("U21 sizes as a sentence: many, all alike, none", () => {
  expect(sizesSentence(PREVIEW)).toBe("1,212 chunks of 31 to 380 tokens, the median 241.");
  expect(sizesSentence({ ...PREVIEW, chunks: 1, smallest: 1, largest: 1 })).toBe("1 chunk of 1 token.");
  expect(sizesSentence({ ...PREVIEW, chunks: 0 })).toBe("No chunk: this document has no text.");
});

test("U22 chunks that the model does not read to the end are said, and what that means", () => {
  const of = (tooLong: number, chunks: number) => tooLongSentence({ ...PREVIEW, tooLong, chunks });
  expect(of(0, 5)).toBeNull();
  expect(of(1, 5)).toBe(
    "1 chunk is longer than the model reads (510 tokens): the rest of its text is found by keyword only.",
  );
  expect(of(3, 5)).toContain("3 chunks are longer");
  expect(of(5, 5)).toContain("All chunks are longer");
  expect(of(1, 1)).toContain("The chunk is longer");
});

test("U23 what applying does is on the button; equal settings are equal whatever their object", () => {
  expect([0, 1, 6].map(applyLabel)).toEqual([
    "Use for new documents",
    "Apply: re-chunks 1 document",
    "Apply: re-chunks 6 documents",
  ]);
  expect(sameSettings(DEFAULTS.structure, { ...DEFAULTS.structure })).toBe(true);
  expect(sameSettings(DEFAULTS.structure, { ...DEFAULTS.structure, overlap: 31 })).toBe(false);
});
