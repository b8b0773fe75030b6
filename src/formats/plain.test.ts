import { expect, test } from "vitest";
import { BLOCK } from "#core/model.ts";
import { plainBlocks } from "./plain.ts";
import { outline, readFile } from "./testing.fixture.ts";

const texts = (text: string): string[] => plainBlocks(text).map((each) => each.text);

test("P1 lines wrapped at 72 columns are joined, paragraphs part at blank lines", () => {
  const text = `The quick brown fox jumps over the lazy dog, and then it goes on to
jump over another dog that happens to lie there, being no less lazy
than the first.

The next paragraph is here and is long enough to be wrapped by hand as
well.\r\n\r\nLast.`;
  expect(texts(text)).toEqual([
    "The quick brown fox jumps over the lazy dog, and then it goes on to jump over another dog that happens to lie there, being no less lazy than the first.",
    "The next paragraph is here and is long enough to be wrapped by hand as well.",
    "Last.",
  ]);
});

test("P2 short lines are meant: verse, addresses, tables", () => {
  const verse = `Whan that Aprille with his shoures soote
The droghte of March hath perced to the roote
And bathed every veyne in swich licour`;
  expect(texts(verse)).toEqual(verse.split("\n"));
  const prose = `${"The quick brown fox jumps over the lazy dog and over another one there\n".repeat(40)}\n`;
  expect(texts(`${prose}12 Long Street\nOxford\nEngland`).slice(1)).toEqual(["12 Long Street", "Oxford", "England"]);
});

test("P3 indented code keeps its lines and columns", () => {
  const text = "Do this:\n\n    if (a)\n        b();\n\nDone.";
  expect(texts(text)).toEqual(["Do this:", "    if (a)\n        b();", "Done."]);
});

test("P4 list items are blocks; their hanging lines belong to them", () => {
  const text = "- first\n  goes on\n- second\n1. third\n(b) fourth";
  expect(plainBlocks(text).map(({ kind, text: words }) => [kind, words])).toEqual([
    [BLOCK.listItem, "- first goes on"],
    [BLOCK.listItem, "- second"],
    [BLOCK.listItem, "1. third"],
    [BLOCK.listItem, "(b) fourth"],
  ]);
});

test("P5 underlined lines are headings", async () => {
  const { pages } = await readFile("a.txt", "Guide\n=====\n\nText.\n\nPart\n----\nMore.");
  expect(outline(pages)).toEqual(["heading1: Guide", "paragraph: Text.", "heading2: Part", "paragraph: More."]);
  expect(pages.map(({ label }) => label)).toEqual(["Guide", "Part"]);
});

test("P6 Chinese lines are joined without a space", () => {
  const line = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少".repeat(3);
  expect(texts(`${line}\n${line}\n${line}完`)).toEqual([`${line}${line}${line}完`]);
});

test("P7 text that looks like HTML or a path stays as it is", async () => {
  const text = '<script>alert("x")</script> <b>&amp;</b> ../../etc/passwd';
  const { format, pages } = await readFile("../../evil.txt", text);
  expect([format, pages[0]?.text]).toEqual(["text", text]);
});

test("P8 a form feed parts; a line of 1,000,000 characters and 200,000 lines of one paragraph are read", () => {
  expect(texts("one page\fanother")).toEqual(["one page", "another"]);
  expect(texts("x".repeat(1_000_000))).toHaveLength(1);
  expect(texts(`${"word ".repeat(14)}\n`.repeat(200_000))).toHaveLength(1);
});

test("P9 lines of a .log or .csv are records", async () => {
  const log = "2026-01-01 12:00:00 something happened in the log of a server\n".repeat(3);
  expect(outline((await readFile("a.log", log)).pages)).toHaveLength(3);
  expect(outline((await readFile("a.txt", log)).pages)).toHaveLength(1);
});
