import { expect, test } from "vitest";
import fc from "fast-check";
import { plainPage } from "#core/page/plain-page.ts";
import { findOnPage, foldQuery } from "./find.ts";

function found(text: string, query: string): string[] {
  const page = plainPage(0, text);
  return findOnPage(page, foldQuery(query)).map(({ start, end }) => text.slice(start, end));
}

test("F1 case and accents do not count, on either side", () => {
  expect(found("Résumé, RESUME and re\u0301sume\u0301.", "resume")).toEqual(["Résumé", "RESUME", "re\u0301sume\u0301"]);
  expect(found("the resume", "Résumé")).toEqual(["resume"]);
  expect(found("ΑΘΉΝΑ Αθήνα", "αθηνα")).toEqual(["ΑΘΉΝΑ", "Αθήνα"]);
});

test("F2 line ends and doubled white space are one space", () => {
  expect(found("dense\npassage  retrieval\n\nworks", "dense passage retrieval works")).toEqual([
    "dense\npassage  retrieval\n\nworks",
  ]);
});

test("F3 a match ends with its last letter, not with the white space behind it", () => {
  expect(found("été \n chaud", "ete")).toEqual(["été"]);
});

test("F4 letters of other scripts are whole: a syllable is not found inside another, marks of Indic words count", () => {
  expect(found("각 가", "가")).toEqual(["가"]);
  expect(found("が か", "か")).toEqual(["か"]);
  expect(found("कि क", "क")).toHaveLength(2);
  expect(found("重新排序", "排序")).toEqual(["排序"]);
});

test("F5 quotes and dashes match however they are written", () => {
  expect(found("the model\u2019s state\u2013of\u2013the\u2013art", "model's state-of-the-art")).toEqual([
    "model\u2019s state\u2013of\u2013the\u2013art",
  ]);
});

test("F6 matches do not overlap; blank finds nothing", () => {
  expect(found("aaaa", "aa")).toEqual(["aa", "aa"]);
  expect(found("a b", "  ")).toEqual([]);
});

test("F7 whatever is cut out of a text is found in it, at offsets of that text", () => {
  const letters = fc.constantFrom("a", "B", "é", "e\u0301", " ", "\n", "ﬁ", "が", "각", "𝔘", "İ", "-", "\u2019", "ß");
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 30 }), fc.nat(), fc.nat(), (parts, a, b) => {
      const from = a % (parts.length + 1);
      const to = from + (b % (parts.length + 1 - from));
      const text = parts.join("");
      const query = parts.slice(from, to).join("");
      const matches = found(text, query);
      if (query.trim() === "") expect(matches).toEqual([]);
      else {
        expect(matches.length).toBeGreaterThan(0);
        // A ligature is one letter: "i" finds the whole of it.
        for (const match of matches) expect(foldQuery(match)).toContain(foldQuery(query));
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
