import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PASSAGE_READS, passageText } from "./passage.ts";
import { countWordPieces } from "./word-piece.fixture.ts";

test("P1 headings stand before the text, outermost first; without any the text stands alone", () => {
  expect(passageText({ headings: ["Stone", "Marble"], text: "It is old.", tokens: 4 })).toBe(
    "Stone > Marble\nIt is old.",
  );
  expect(passageText({ headings: [], text: "It is old.", tokens: 4 })).toBe("It is old.");
});

test("P2 where both do not fit, headings are left out from the outermost; the text never is", () => {
  const headings = ["Outermost heading", "Middle", "Inner"];
  const of = (tokens: number): string => passageText({ headings, text: "Text.", tokens });
  expect(of(PASSAGE_READS - 13)).toBe("Middle > Inner\nText.");
  expect(of(PASSAGE_READS - 12)).toBe("Inner\nText.");
  expect(of(PASSAGE_READS)).toBe("Text.");
  expect(of(5000)).toBe("Text.");
});

test("P3 a passage is never over what the models read, unless its text is", () => {
  const heading = fc.string({ unit: fc.constantFrom("a", "字", " ", ".", "é", ">", "Q"), minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.array(heading, { maxLength: 4 }), fc.nat(448), (headings, tokens) => {
      const text = Array<string>(tokens).fill("word").join(" ");
      expect(countWordPieces(passageText({ headings, text, tokens }))).toBeLessThanOrEqual(PASSAGE_READS);
    }),
    { numRuns: 200, seed: 20260801 },
  );
});
