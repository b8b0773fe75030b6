import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryMarks } from "#core/retrieve/marks.ts";
import { snippetOf } from "./snippet.ts";

const shown = (text: string, query: string) => {
  const { start, end } = snippetOf(text, queryMarks(text, query));
  return text.slice(start, end);
};
const filler = "Lorem ipsum dolor sit amet consectetur. ".repeat(8);

describe("snippets", () => {
  it("S1 words near the beginning: the chunk's own beginning", () => {
    expect(shown("The pump is started here. And more.", "pump")).toBe("The pump is started here. And more.");
    expect(shown(filler, "absent")).toBe(filler);
  });
  it("S2 words far in: the sentence that holds them, or whole words before them", () => {
    expect(shown(`${filler}Close the drain before the pump starts.`, "drain")).toMatch(/^Close the drain/);
    const long = `${filler}the suction line and also the casing must be checked for drain plugs`;
    expect(shown(long, "plugs")).toMatch(/^\S.* plugs$/);
    expect(shown(long, "plugs").length).toBeLessThan(60);
  });
  it("S3 the place with most of the words wins over the first place with one", () => {
    const text = `A pump. ${filler}Check the guard before the pump is started. ${filler}`;
    expect(shown(text, "check guard pump")).toMatch(/^Check the guard/);
  });
  it("S4 Chinese without spaces starts near its words", () => {
    const text = `${"水利工程的历史很长".repeat(20)}。启动水泵之前必须检查`;
    expect(shown(text, "检查")).toBe("启动水泵之前必须检查");
  });
  it("S5 always inside the text, with the first mark in it, and no surrogate pair split", () => {
    const word = fc.constantFrom("alpha ", "beta ", "水泵", "🙂", "🙂🙂", ". ", "needle ", "\n", "e\u0301");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        const text = words.join("");
        const marks = queryMarks(text, "needle 水泵");
        const { start, end } = snippetOf(text, marks);
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
        // encodeURIComponent refuses a lone surrogate.
        expect(() => encodeURIComponent(text.slice(start, end))).not.toThrow();
        if (marks.length > 0) expect(marks.some((mark) => mark.start >= start && mark.start < end)).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
