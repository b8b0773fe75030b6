import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryMarks } from "./marks.ts";

const marked = (text: string, query: string) => queryMarks(text, query).map((mark) => text.slice(mark.start, mark.end));

describe("queryMarks", () => {
  it.each([
    ["case, accents, every place", "Café or CAFE, not cafes", "café", ["Café", "CAFE"]],
    ["stop words left out", "the model of the year", "what is the model", ["model"]],
    ["only stop words: marked", "to be or not to be", "to be", ["to", "be", "to", "be"]],
    ["Chinese", "重排序模型与模型", "排序模型", ["排序模型", "模型"]],
    ["one Chinese letter inside words", "地下水位", "水", ["水"]],
    ["Japanese", "全文検索エンジン", "検索", ["検索"]],
    ["Korean without its particle", "검색을 한다", "검색", ["검색"]],
    ["Thai", "ภาษาไทย", "ไทย", ["ไทย"]],
    ["no words", "anything", " ?! ", []],
    ["no text", "", "word", []],
    ["neighbours of two scripts merge", "用AI模型", "AI模型", ["AI模型"]],
    ["combining accents inside the mark", "e\u0301te\u0301!", "ete", ["e\u0301te\u0301"]],
  ])("K1 %s", (_, text, query, expected) => expect(marked(text, query)).toEqual(expected));

  it("K2 marks are sorted, apart and inside the text; a query of 10,000 characters works", () => {
    const word = fc.constantFrom("alpha", "Béta", "the", "模型", "重排序", "검색을", "ไทย", " ", "-", "x");
    const text = fc.array(word, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (body, query) => {
        let before = -1;
        for (const { start, end } of queryMarks(body, query)) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(body.length);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(marked("beta", "alpha beta ".repeat(910))).toEqual(["beta"]);
  });
});
