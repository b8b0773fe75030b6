import { expect, test } from "vitest";
import type { Page } from "../model.ts";
import { column, draw, sourcePage } from "./drawing.fixture.ts";
import { toPages } from "./pages.ts";
import { quadsOf } from "./quads.ts";
import type { SourceRun } from "./source.ts";

function page(runs: readonly SourceRun[]): Page {
  const [only] = toPages([sourcePage(runs)]);
  if (only === undefined) throw new Error("one page in, one page out");
  return only;
}

const slices = ({ text, runs }: Page): string[] =>
  Array.from(runs.starts, (start, i) => text.slice(start, runs.ends[i]));

const boxes = (drawing: string): number[] => {
  const made = page(draw(drawing));
  return quadsOf(made, 0, made.text.length).flatMap((quad) => {
    const [xs, ys] = [quad.filter((_, i) => i % 2 === 0), quad.filter((_, i) => i % 2 === 1)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return [x, y, Math.max(...xs) - x, Math.max(...ys) - y].map((value) => Math.round(value));
  });
};

test("P1 a paragraph is one line of text, its hyphen gone, its runs without the made spaces", () => {
  const made = page(column("Dense search relies on ef-", "ficient passage", "retrieval."));
  expect(made.text).toBe("Dense search relies on efficient passage retrieval.");
  expect(slices(made)).toEqual(["Dense search relies on ef", "ficient passage", "retrieval."]);
});

test("P2 words are joined by the words of the other pages", () => {
  const [first] = toPages([sourcePage(column("A dual-", "encoder")), sourcePage(column("The dual-encoder"))]);
  expect(first?.text).toBe("A dual-encoder");
});

test("P3 ideographs join without a space, Korean by the document's words", () => {
  expect(page(column("公司董事会、监事会及董事", "保证季度报告")).text).toBe("公司董事会、监事会及董事保证季度报告");
  expect(page(column("계약자 그리고 계약", "자 또는 보험", "회사")).text).toBe("계약자 그리고 계약자 또는 보험 회사");
});

test("P4 paragraphs are parted by a newline, cells by a space", () => {
  expect(page(draw("72,700 20 | Title\n72,670 10 | cell\n200,670 10 | cell")).text).toBe("Title\ncell cell");
});

test("P5 a soft hyphen never stays, also at the end of a paragraph or page", () => {
  expect(page(draw("72,700 20 | Ti\u00AD\n72,600 10 | text\u00AD")).text).toBe("Ti\ntext");
});

test("P6 boxes reach from descent to ascent, turned and vertical runs too", () => {
  expect(boxes("100,200 10 w=50 | plain")).toEqual([100, 198, 50, 10]);
  expect(boxes("100,200 10 turned w=50 | turned")).toEqual([92, 200, 10, 50]);
  expect(boxes("100,200 10 down w=50 | 下下下下下")).toEqual([98, 150, 10, 50]);
});

test("P7 a run that was only a hyphen is gone", () => {
  const made = page(draw("72,700 10 w=40 | infor\n112,700 10 w=4 | -\n72,688 10 | mation"));
  expect(made.text).toBe("information");
  expect(slices(made)).toEqual(["infor", "mation"]);
});

test("P8 pages keep their label, size, rotation and order", () => {
  const source = { label: "iii", width: 100, height: 200, rotation: 90 as const, runs: [], imageShare: null };
  expect(toPages([source, { ...source, label: null }])).toMatchObject([
    { index: 0, label: "iii", width: 100, height: 200, rotation: 90, quality: "no-text", text: "" },
    { index: 1, label: null },
  ]);
});
