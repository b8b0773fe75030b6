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

test("A2 times stand on 1, 2, 5 or on powers of ten, all inside", () => {
  const { at, ticks } = timeScale([4, 820], 0, 300);
  expect(ticks).toEqual([10, 100, 1000]);
  expect(at(4)).toBeGreaterThan(0);
  expect(at(820)).toBeLessThan(300);
  const near = timeScale([40, 90], 0, 300);
  expect(near.ticks).toEqual([20, 50, 100, 200]);
  expect(near.at(20)).toBe(0);
  expect(near.at(200)).toBeCloseTo(300);
});
