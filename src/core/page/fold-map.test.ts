import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fold, foldRun } from "./fold.ts";

const rows = (source: string): string[] => {
  const { text, pieces } = foldRun(source);
  return pieces.map((p) => `${source.slice(p.sourceStart, p.sourceEnd)}>${text.slice(p.start, p.end)}`);
};

test.each([
  ["F17 plain text is one row", "plain text", ["plain text>plain text"]],
  ["F18 a ligature is a row of its own", "eﬃcient ﬁle", ["e>e", "ﬃ>ffi", "cient >cient ", "ﬁ>fi", "le>le"]],
  ["F19 letters folded one to one stay in the row", "人⽣⼈", ["人⽣⼈>人生人"]],
  ["F20 dropped characters stand between rows", "ab\u0000cd\u200B", ["ab>ab", "cd>cd"]],
  ["F21 white space at the ends is no row, within it is one space", " a \t b ", ["a>a", " \t > ", "b>b"]],
  ["F22 letters outside the plane are a row each", "𝑥𝑦", ["𝑥>x", "𝑦>y"]],
  ["F23 composed marks belong to their letter", "cafe\u0301s", ["caf>caf", "e\u0301>é", "s>s"]],
  ["F24 half-width marks belong to their kana", "ｶﾞﾀ", ["ｶﾞ>ガ", "ﾀ>タ"]],
  ["F25 isolated Arabic signs make no space", "كﹶتب", ["كﹶ>كَ", "تب>تب"]],
  ["F28 letters set wide are a row each, as they stand apart", "W A T E", ["W>W", "A>A", "T>T", "E>E"]],
  ["F27 white space before an Arabic sign goes", "بناء ً على", ["بنا>بنا", "ء ً>ءً", " على> على"]],
])("%s", (_, source, expected) => {
  expect(rows(source)).toEqual(expected);
});

const CHARACTERS = Array.from(
  "ab Z9-.(ﬁﬃ⽣⻓ﻻﻷﹶﷺﱞ\u064E\u0651ا\u0655e\u0301\u0327ｶﾞﾟ한각\u1100\u1161\u11A8𝑥𝒚🄰😀\u00AD\u2010\u0000\u200B\u200C\uFEFF\t\u00A0\u3000\n\uF0B7︱\uFE4D豈",
);
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 20 }).map((list) => list.join("")),
  fc.string({ unit: "binary", maxLength: 20 }),
);

test("F26 any text: the rows cover the folded text without gaps, ascend in the source, and each is its source folded", () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const { text, pieces } = foldRun(source);
      expect(text).toBe(fold(source).trim());
      let [at, from] = [0, 0];
      for (const piece of pieces) {
        expect(piece.start).toBe(at);
        expect(piece.end).toBeGreaterThan(piece.start);
        expect(piece.sourceStart).toBeGreaterThanOrEqual(from);
        const cut = source.slice(piece.sourceStart, piece.sourceEnd);
        // A soft hyphen counts as last only at the end of the whole.
        const alone = cut.endsWith("\u00AD") ? fold(cut) : fold(`${cut}x`).slice(0, -1);
        expect(text.slice(piece.start, piece.end)).toBe(alone);
        [at, from] = [piece.end, piece.sourceEnd];
      }
      expect(at).toBe(text.length);
    }),
    { seed: 20261124, numRuns: 3000 },
  );
});
