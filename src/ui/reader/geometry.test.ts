import { expect, test } from "vitest";
import type { Quad } from "#core/model.ts";
import { quadToBox, turned, turnedSize } from "./geometry.ts";

const page = { width: 600, height: 800 };
/** A word of 50 × 12 points, its line beginning at (100, 700), near the top left. */
const word: Quad = [100, 700, 150, 700, 150, 712, 100, 712];

test("G1 an upright page: up becomes down, points become pixels", () => {
  expect(quadToBox(page, 0, 2)(word)).toEqual({ left: 200, top: 176, width: 100, height: 24 });
});

test("G2 a turned page: the word turns with it, clockwise", () => {
  expect(quadToBox(page, 90, 1)(word)).toEqual({ left: 700, top: 100, width: 12, height: 50 });
  expect(quadToBox(page, 180, 1)(word)).toEqual({ left: 450, top: 700, width: 50, height: 12 });
  expect(quadToBox(page, 270, 1)(word)).toEqual({ left: 88, top: 450, width: 12, height: 50 });
});

test("G3 text that runs upwards or from right to left has the same box as any other", () => {
  const upwards: Quad = [112, 100, 112, 150, 100, 150, 100, 100];
  expect(quadToBox(page, 0, 1)(upwards)).toEqual({ left: 100, top: 650, width: 12, height: 50 });
  const backwards: Quad = [150, 712, 100, 712, 100, 700, 150, 700];
  expect(quadToBox(page, 0, 1)(backwards)).toEqual({ left: 100, top: 88, width: 50, height: 12 });
});

test("G4 a slanted line keeps its length and height and is turned around its start", () => {
  const c = Math.SQRT1_2;
  const slanted: Quad = [100, 100, 100 + 40 * c, 100 + 40 * c, 100 + 30 * c, 100 + 50 * c, 100 - 10 * c, 100 + 10 * c];
  const box = quadToBox(page, 0, 1)(slanted);
  expect(box.width).toBeCloseTo(40);
  expect(box.height).toBeCloseTo(10);
  expect(box.left).toBeCloseTo(100 - 10 * c);
  expect(box.top).toBeCloseTo(700 - 10 * c);
  expect(box.transform).toMatch(/^rotate\(-0\.785/);
});

test("G5 turns add up; a quarter turn swaps width and height", () => {
  expect(turned(270, 180)).toBe(90);
  expect(turnedSize(page, 90)).toEqual({ width: 800, height: 600 });
  expect(turnedSize(page, 180)).toEqual(page);
});
