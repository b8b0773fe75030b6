import { expect, test } from "vitest";
import { anchorAt, heightOf, layoutPages, PAGE_GAP, pageAt, pagesBetween } from "./page-layout.ts";
import { ACTUAL_SIZE, nextStep, scaleOf, usualSize } from "./zoom.ts";

const sizes = [
  { width: 600, height: 800 },
  { width: 800, height: 600 },
  { width: 600, height: 800 },
];
const layout = layoutPages(sizes, 1.5);

test("L1 pages stand below each other in whole pixels, the column is as wide as the widest", () => {
  expect([...layout.tops]).toEqual([PAGE_GAP, 1200 + 2 * PAGE_GAP, 2100 + 3 * PAGE_GAP]);
  expect([...layout.heights]).toEqual([1200, 900, 1200]);
  expect(layout.width).toBe(1200);
  expect(layout.height).toBe(3300 + 4 * PAGE_GAP);
});

test("L2 every height belongs to a page, also above the first and below the last", () => {
  expect([-100, 0, PAGE_GAP, 1300, 2120, 1e9].map((y) => pageAt(layout, y))).toEqual([0, 0, 0, 1, 1, 2]);
  expect(pagesBetween(layout, 0, 100, 0)).toEqual({ first: 0, last: 0 });
  expect(pagesBetween(layout, 1250, 1300, 1)).toEqual({ first: 0, last: 2 });
});

test("L3 of 10,000 pages a screen needs no more than the seen ones and those around", () => {
  const many = layoutPages(Array<(typeof sizes)[0]>(10_000).fill(sizes[0]!), 1);
  for (const y of [0, 77_777, 4_000_000, many.height - 900]) {
    const { first, last } = pagesBetween(many, y, y + 900, 1);
    expect(last - first + 1).toBeLessThanOrEqual(5);
  }
});

test("L4 an anchor is the same place after zooming", () => {
  const closer = layoutPages(sizes, 3);
  const anchor = anchorAt(layout, layout.tops[1]! + 450);
  expect(anchor).toEqual({ page: 1, share: 0.5 });
  expect(heightOf(closer, anchor)).toBe(closer.tops[1]! + 900);
});

test("Z1 fit width takes the usual page, not the one fold-out", () => {
  const usual = usualSize(sizes);
  expect(usual).toEqual(sizes[0]);
  expect(scaleOf("width", usual, { width: 624, height: 400 }, 2200)).toBe(1);
  expect(scaleOf("page", usual, { width: 624, height: 424 }, 2200)).toBe(0.5);
});

test("Z2 steps go up and down over every zoom and end at the limits", () => {
  expect(nextStep(ACTUAL_SIZE, 1)).toBeCloseTo(1.1 * ACTUAL_SIZE);
  expect(nextStep(ACTUAL_SIZE, -1)).toBeCloseTo(0.9 * ACTUAL_SIZE);
  expect(nextStep(100, 1)).toBeCloseTo(5 * ACTUAL_SIZE);
  expect(nextStep(0.01, -1)).toBeCloseTo(0.25 * ACTUAL_SIZE);
});

test("Z3 a column is never taller than browsers can scroll", () => {
  const points = 10_000 * 800;
  expect(scaleOf(5, sizes[0]!, { width: 600, height: 800 }, points) * points).toBeLessThanOrEqual(15_000_000);
});
