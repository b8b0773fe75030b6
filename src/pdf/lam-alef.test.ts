import { expect, test } from "vitest";
import { LamAlefs } from "./lam-alef.ts";
import { OPS } from "./operators.ts";
import type { TaggedItem, TextItem } from "./runs.ts";

const item = (str: string, dir = "rtl"): TaggedItem => ({
  item: { str, dir, transform: [1, 0, 0, 1, 0, 0], width: 1, height: 1, fontName: "f", hasEOL: false } as TextItem,
  role: null,
});
/** Glyphs from left to right, parted by spaces; numbers are kerning. */
const drawn = (...texts: string[]): [number, unknown][] =>
  texts.map((text) => [OPS.showText, [text.split(" ").flatMap((unicode) => [{ unicode, width: 500 }, -3])]]);
const mend = (items: TaggedItem[], operators: [number, unknown][]): string =>
  new LamAlefs()
    .mended(items, operators)
    .map((one) => one.item.str)
    .join("|");

test("L1 the two letters of one glyph are turned back, two glyphs of the same letters stay", () => {
  expect(mend([item("مثالية المشكالت")], drawn("ت لا ك ش م ل ا", "ة ي ل ا ث م"))).toBe("مثالية المشكلات");
  expect(mend([item("المشكالت مثالية")], drawn("ة ي ل ا ث م ت لا ك ش م ل ا"))).toBe("المشكلات مثالية");
  expect(mend([item("اإلنتاج")], drawn("ج ا ت ن لإ ا"))).toBe("الإنتاج");
});

test("L2 items in a row take their own glyphs, other scripts and blanks between them", () => {
  expect(mend([item("R", "ltr"), item(" "), item("خالل"), item("خالل")], drawn("R", "ل لا خ", "ل ل ا خ"))).toBe(
    "R| |خلال|خالل",
  );
});

test("L3 where glyphs and text part, the text stays as it was", () => {
  expect(mend([item("خ"), item("خالل")], drawn("لا خ", "ل لا خ"))).toBe("خ|خالل");
  expect(mend([item("خالل")], [])).toBe("خالل");
});

test("L4 after three Arabic pages without such a glyph nobody looks", () => {
  const pages = new LamAlefs();
  const looks = [1, 2, 3, 4].map(() => {
    const wanted = pages.mayStandIn([item("خالل")]);
    pages.mended([item("خالل")], drawn("ل ل ا خ"));
    return wanted;
  });
  expect(looks).toEqual([true, true, true, false]);
  expect(new LamAlefs().mayStandIn([item("plain", "ltr")])).toBe(false);
});
