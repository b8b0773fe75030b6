import { expect, test } from "vitest";
import { shareScale, timeScale } from "./scale.ts";

test("A1 the axis of shares holds all values, ends on its ticks and never leaves 0 to 1", () => {
  for (const values of [
    [0.41, 0.93],
    [0.8, 0.8],
    [0, 0],
    [1, 1],
    [0.995, 1],
    [0.004, 0.996],
  ]) {
    const { at, ticks } = shareScale(values, 200, 0);
    expect(ticks.at(0)).toBeGreaterThanOrEqual(0);
    expect(ticks.at(-1)).toBeLessThanOrEqual(1);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    for (const value of values) {
      expect(at(value)).toBeGreaterThanOrEqual(-1e-9);
      expect(at(value)).toBeLessThanOrEqual(200 + 1e-9);
    }
  }
});

test("A2 times stand on powers of ten, the largest inside", () => {
  const { at, ticks } = timeScale([4, 820], 0, 300);
  expect(ticks).toEqual([1, 10, 100, 1000]);
  expect(at(1)).toBe(0);
  expect(at(1000)).toBeCloseTo(300);
  expect(at(820)).toBeLessThan(300);
});
