import { expect, test } from "vitest";
import type { Quad } from "../model.ts";
import { column, draw, sourcePage } from "./drawing.fixture.ts";
import { toPages } from "./pages.ts";
import { quadsOf } from "./quads.ts";
import type { SourceRun } from "./source.ts";

/** Where the marked words stand: corners x,y in reading order, rounded. */
function marks(runs: readonly SourceRun[], words: string): string[] {
  const [page] = toPages([sourcePage(runs)]);
  if (page === undefined) throw new Error("one page in, one page out");
  const start = page.text.indexOf(words);
  expect(start).toBeGreaterThanOrEqual(0);
  return quadsOf(page, start, start + words.length).map(corners);
}

function corners(quad: Quad): string {
  return [0, 2, 4, 6].map((at) => `${Math.round(quad[at] ?? 0)},${Math.round(quad[at + 1] ?? 0)}`).join(" ");
}

test("U1 part of a run: evenly by characters, or by the engine's edges", () => {
  const runs = draw("100,200 10 w=100 | abcdefghij");
  expect(marks(runs, "cde")).toEqual(["120,198 150,198 150,208 120,208"]);
  const edges = [0.05, 0.1, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 1];
  expect(
    marks(
      runs.map((run) => ({ ...run, edges })),
      "cde",
    ),
  ).toEqual(["110,198 170,198 170,208 110,208"]);
});

test("U2 behind a ligature and white space at the start the places are still the run's", () => {
  expect(marks(draw("100,200 10 w=80 |  aﬃbcdef"), "bc")).toEqual(["130,198 150,198 150,208 130,208"]);
});

test("U3 letters of a ligature share its width", () => {
  expect(marks(draw("100,200 10 w=90 | aﬃb"), "fi")).toEqual(["140,198 160,198 160,208 140,208"]);
});

test("U4 turned text: the quad is turned", () => {
  expect(marks(draw("100,200 10 turned w=100 | abcdefghij"), "ab")).toEqual(["102,200 102,220 92,220 92,200"]);
});

test("U5 vertical writing: from the top, around the middle of the column", () => {
  const runs = draw("100,200 10 down w=100 | 第一二三四五六七八九").map((run) => ({
    ...run,
    ascent: 0.5,
    descent: -0.5,
  }));
  expect(marks(runs, "一二")).toEqual(["95,190 95,170 105,170 105,190"]);
});

test("U6 right to left: the quad begins at the right", () => {
  expect(marks(draw("100,200 10 rtl w=40 | שלום"), "של")).toEqual(["140,208 120,208 120,198 140,198"]);
});

test("U7 several lines: a quad each; runs of one line are one", () => {
  expect(marks(column("A line of the text that", "goes on in the next one"), "that goes")).toHaveLength(2);
  expect(marks(draw("100,200 10 w=20 | some\n125,200 10 w=25 bold | words"), "some words")).toEqual([
    "100,198 150,198 150,208 100,208",
  ]);
});

test("U8 nothing between two characters that the layout made", () => {
  const [page] = toPages([sourcePage(draw("100,200 10 w=20 | some\n125,200 10 w=25 | words"))]);
  expect(page && quadsOf(page, 4, 5)).toEqual([]);
});
