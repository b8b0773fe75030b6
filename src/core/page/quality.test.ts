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
  expect(toQuality(draw(drawing), null)).toBe(quality);
});

test.each([
  ["Q5 an image and no text is a scan", "", 0.5, "scan"],
  ["Q5 a stamp on a scan is no text of it", "10,10 10 | Received 3 May", 0.9, "scan"],
  ["Q5 a blank page with a small image is blank", "", 0.4, "no-text"],
  [
    "Q6 a few words beside images that fill the page",
    "10,10 10 | Figures of our own making, all of them",
    0.6,
    "pictures",
  ],
  ["Q6 the same words beside a small image", "10,10 10 | Figures of our own making, all of them", 0.3, "text"],
  ["Q6 an invisible layer of recognised text is text", `10,10 10 | ${"a word ".repeat(60)}`, 1, "text"],
  ["Q3 letters without a meaning over a scan", "10,10 10 | \uE000".padEnd(60, "\uE000"), 1, "garbled"],
])("%s", (_, drawing, imageShare, quality) => {
  expect(toQuality(draw(drawing), imageShare)).toBe(quality);
});
