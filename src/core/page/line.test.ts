import { expect, test } from "vitest";
import { draw } from "./drawing.fixture.ts";
import { toLines } from "./line.ts";

const texts = (drawing: string): string[] => toLines(draw(drawing)).map((line) => line.text);

test("L1 runs on one baseline are a line, with the engine's spaces", () => {
  expect(texts("10,100 10 | some\n30,100 10 |\n33,100 10 | words\n58,100 10 | here")).toEqual(["some wordshere"]);
});

test("L2 a gap that reads as a space is one", () => {
  expect(texts("10,100 10 | some\n33,100 10 | words")).toEqual(["some words"]);
});

test("L3 a baseline moved by more than 0.3 of the size is another line", () => {
  expect(texts("10,100 10 | a\n15,97.1 10 | b\n20,88 10 | c")).toEqual(["ab", "c"]);
});

test("L4 superscripts stay in their line, and the text after them joins it", () => {
  expect(texts("10,100 12 w=40 | Karpukhin\n50,104.3 8 w=4 | 1\n54,100 12 w=40 | , Oguz")).toEqual([
    "Karpukhin1, Oguz",
  ]);
});

test("L5 a wide gap parts the line", () => {
  expect(texts("10,100 10 w=20 | left\n60,100 10 | right")).toEqual(["left", "right"]);
});

test("L6 going back starts a line", () => {
  expect(texts("100,100 10 w=20 | later\n10,100 10 w=20 | earlier")).toEqual(["later", "earlier"]);
});

test("L7 right-to-left runs join leftwards, with Latin words between them", () => {
  expect(texts("100,100 10 rtl w=50 | لغة\n85,100 10 w=10 | R\n57,100 10 rtl w=25 | من")).toEqual(["لغة R من"]);
});

test("L8 justification is no space between ideographs, a gap of nearly an ideograph is", () => {
  expect(texts("10,100 10 w=30 | 第一条\n40,100 10 |\n50,100 10 w=20 | 总则")).toEqual(["第一条 总则"]);
  expect(texts("10,100 10 w=20 | 东北\n30,100 10 |\n33,100 10 w=20 | 电气")).toEqual(["东北电气"]);
});

test("L9 another direction is another line, and a stamp in the margin comes last", () => {
  expect(texts("10,300 20 turned | arXiv\n72,700 10 | The text of the page\n72,688 10 | goes on")).toEqual([
    "The text of the page",
    "goes on",
    "arXiv",
  ]);
});

test("L10 vertical writing runs downwards", () => {
  expect(texts("400,700 10 down w=20 | 第二\n400,680 10 down w=10 | 条\n385,700 10 down w=10 | 次")).toEqual([
    "第二条",
    "次",
  ]);
});

test("L11 runs that fold to nothing leave no trace", () => {
  const [line] = toLines(draw("10,100 10 w=5 | \u0000\n15,100 10 w=5 | a"));
  expect(line?.runs).toHaveLength(1);
  expect(line?.text).toBe("a");
});

test("L12 a soft hyphen with text after it in its line goes", () => {
  expect(texts("10,100 10 w=10 | co\u00AD\n20,100 10 w=2 | \u00AD\n22,100 10 w=20 | op\u00AD")).toEqual(["coop\u00AD"]);
});

test("L13 an accent drawn over or under the letter of the other run joins it, an apostrophe does not", () => {
  expect(texts("10,100 10 w=20 | Herv´\n25,100 10 w=20 | e J´\n41,100 10 w=20 | egou")).toEqual(["Hervé Jégou"]);
  expect(texts("10,100 10 w=20 | Pas\n27,100 10 w=20 | ¸ca")).toEqual(["Paşca"]);
  expect(texts("10,100 10 w=3 | ´\n10,100 10 w=3 | ı")).toEqual(["í"]);
  expect(texts("10,100 10 w=10 | `\n20,100 10 w=3 | y")).toEqual(["`y"]);
});

test("L14 size and baseline are those of the longest run, not of a large bullet or a superscript before it", () => {
  expect(toLines(draw("10,98 20 w=5 | -\n20,100 10 w=40 | the text"))).toMatchObject([{ size: 10, base: 100 }]);
  expect(toLines(draw("10,103 6 w=3 | 1\n13,100 10 w=40 | the text"))).toMatchObject([{ size: 10, base: 100 }]);
});
