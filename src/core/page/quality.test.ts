import { expect, test } from "vitest";
import { draw } from "./drawing.fixture.ts";
import { toQuality } from "./quality.ts";

test.each([
  ["Q1 nothing", "", "no-text"],
  ["Q1 white space and a mark", "10,10 10 |\n20,10 10 | .", "no-text"],
  ["Q2 three letters are text", "10,10 10 | abc", "text"],
  ["Q3 mostly U+0000", "10,10 10 | \u0000\u0000\u0000ab", "garbled"],
  ["Q3 mostly private use, also beyond the first plane", "10,10 10 | \uE000\u{F0001}\u{10FFFD}a", "garbled"],
  ["Q3 mostly U+FFFD", "10,10 10 | \uFFFD\uFFFD\uFFFD", "garbled"],
  ["Q4 a bullet of Word among words", "10,10 10 | \uF0B7 a line of text", "text"],
])("%s", (_, drawing, quality) => {
  expect(toQuality(draw(drawing))).toBe(quality);
});
