import fc from "fast-check";
import { expect, test } from "vitest";
import { BLOCK } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import { stretches } from "./ranges.ts";
import { sliceAt, slicesOf } from "./slices.ts";

test("S1 slices hold every letter once, in order, whatever the blocks are", () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom("a", "b ", "字"), maxLength: 4_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 4 }), (texts) => {
      const pages = texts.map((paragraphs, index) => plainPage(index, paragraphs.join("\n")));
      const shown = slicesOf(pages)
        .flatMap(({ page, parts }) => parts.map(({ start, end }) => pages[page]!.text.slice(start, end)))
        .join("");
      const all = pages.map(({ text }) => text).join("");
      expect(shown.replaceAll(/\s/g, "")).toBe(all.replaceAll(/\s/g, ""));
    }),
    { seed: 3, numRuns: 60 },
  );
});

test("S2 a paragraph of a million letters is shown in parts, cut at spaces", () => {
  const page = plainPage(0, "word ".repeat(200_000));
  const slices = slicesOf([page]);
  expect(slices.length).toBeGreaterThan(100);
  for (const { start, end } of slices) {
    expect(end - start).toBeLessThanOrEqual(6_000);
    expect(page.text.slice(start, start + 5)).toBe("word ");
  }
});

test("S3 an offset leads to the slice that shows it", () => {
  const pages = [plainPage(0, "a".repeat(7_000)), plainPage(1, "x\n".repeat(4_000)), plainPage(2, "")];
  const slices = slicesOf(pages);
  for (const [page, offset] of [
    [0, 0],
    [0, 6_999],
    [1, 0],
    [1, 5_000],
  ] as const) {
    const slice = slices[sliceAt(slices, page, offset)]!;
    expect(slice.page).toBe(page);
    expect(slice.start).toBeLessThanOrEqual(offset);
    expect(slice.end).toBeGreaterThan(offset);
  }
  expect(slices[sliceAt(slices, 2, 0)]!.page).toBe(1);
});

test("S4 headings, list items and table rows keep their kind", () => {
  const text = "Title\nitem\nrow";
  const page = plainPage(0, text, {
    blocks: {
      starts: Uint32Array.of(0, 6, 11),
      kinds: Uint8Array.of(BLOCK.heading, BLOCK.listItem, BLOCK.tableRow),
      levels: Uint8Array.of(2, 0, 0),
    },
  });
  const [slice] = slicesOf([page]);
  expect(slice?.parts.map(({ kind, level }) => [kind, level])).toEqual([
    [BLOCK.heading, 2],
    [BLOCK.listItem, 0],
    [BLOCK.tableRow, 0],
  ]);
});

test("M1 stretches are the whole text, cut where marks begin and end, each with what covers it", () => {
  const a = { start: 2, end: 6 };
  const b = { start: 4, end: 20 };
  expect(stretches(0, 10, [a, b, { start: 30, end: 40 }])).toEqual([
    { start: 0, end: 2, covers: [] },
    { start: 2, end: 4, covers: [a] },
    { start: 4, end: 6, covers: [a, b] },
    { start: 6, end: 10, covers: [b] },
  ]);
});
