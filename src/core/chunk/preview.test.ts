import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Chunk, ChunkStrategy, DocumentId } from "../model.ts";
import { chunkPages } from "./chunk.ts";
import { pagesOfBlocks, sentences } from "./document.fixture.ts";
import { previewOf, stretchesOf, type ChunkPreview } from "./preview.ts";
import { DEFAULTS } from "./settings.ts";
import { countWordPieces } from "./word-piece.fixture.ts";

const ID = "0".repeat(64) as DocumentId;
const PAGES = pagesOfBlocks(
  [
    ["paragraph", sentences(40, "oak")],
    ["furniture", "page 1"],
  ],
  [],
  [["paragraph", sentences(45, "elm")]],
);

function preview(strategy: ChunkStrategy): { chunks: Chunk[]; preview: ChunkPreview } {
  const chunks = chunkPages(ID, PAGES, DEFAULTS[strategy], countWordPieces);
  return { chunks, preview: previewOf(PAGES, chunks, 510) };
}

test("V1 the bins hold every chunk once, without gaps, the largest in the last", () => {
  for (const strategy of ["structure", "recursive", "sentence-splitter", "page"] as const) {
    const { chunks, preview: seen } = preview(strategy);
    expect(seen.chunks).toBe(chunks.length);
    expect(seen.sizes.reduce((sum, { count }) => sum + count, 0)).toBe(chunks.length);
    expect(seen.sizes.length).toBeLessThanOrEqual(20);
    for (const [i, { from, to, count }] of seen.sizes.entries()) {
      expect(from).toBe(seen.sizes[i - 1]?.to ?? 0);
      expect(count).toBe(chunks.filter(({ tokens }) => tokens >= from && tokens < to).length);
    }
    expect(seen.sizes.at(-1)?.count).toBeGreaterThan(0);
    expect([seen.smallest, seen.largest]).toEqual([
      Math.min(...chunks.map(({ tokens }) => tokens)),
      Math.max(...chunks.map(({ tokens }) => tokens)),
    ]);
  }
});

test("V2 chunks longer than the model reads are counted", () => {
  const { chunks } = preview("sentence-splitter");
  const longest = Math.max(...chunks.map(({ tokens }) => tokens));
  expect(previewOf(PAGES, chunks, longest).tooLong).toBe(0);
  expect(previewOf(PAGES, chunks, longest - 1).tooLong).toBeGreaterThan(0);
  expect(previewOf(PAGES, [], 510)).toMatchObject({ chunks: 0, sizes: [], largest: 0, tooLong: 0 });
});

test("V3 the cuts of a page are its chunks' own text, furniture left out", () => {
  const { chunks, preview: seen } = preview("structure");
  expect(seen.pages.map(({ text }) => text.includes("page 1"))).toEqual([false, false, false]);
  const parts = seen.pages.flatMap(({ text, cuts }) =>
    cuts.map(({ start, end, ordinal }) => [ordinal, text.slice(start, end)] as const),
  );
  for (const { ordinal, text } of chunks) {
    const own = parts.filter(([of]) => of === ordinal).map(([, part]) => part);
    expect(
      own
        .filter((part) => part !== "")
        .join("")
        .replaceAll("\n", ""),
    ).toBe(text.replaceAll("\n", ""));
  }
});

test("V4 stretches part the page without gaps, each with the chunks that hold it", () => {
  const CUTS = fc.array(fc.tuple(fc.nat(50), fc.nat(20)), { maxLength: 8 }).map((drawn) => {
    const starts = drawn.map(([start]) => start).toSorted((a, b) => a - b);
    let end = 0;
    return starts.map((start, ordinal) => {
      end = Math.min(60, Math.max(end + 1, start + 1 + drawn[ordinal]![1]));
      return { start, end, ordinal };
    });
  });
  fc.assert(
    fc.property(CUTS, (cuts) => {
      const stretches = stretchesOf({ text: "x".repeat(60), cuts });
      const at = stretches.flatMap(({ start, end, ordinals }) => Array(end - start).fill(ordinals));
      expect(at).toEqual(
        Array.from({ length: 60 }, (_, i) => cuts.filter((c) => c.start <= i && c.end > i).map((c) => c.ordinal)),
      );
    }),
    { numRuns: 300, seed: 20260801 },
  );
});
