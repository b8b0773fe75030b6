import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { DocumentId } from "../model.ts";
import { plainPage } from "../page/plain-page.ts";
import { DOCUMENT, evidenceOf } from "./evidence.fixture.ts";
import { heatOf } from "./heat.ts";
import { Places } from "./places.ts";

const PAGE = "0123456789";
const places = new Places([0, 1, 2, 3].map((i) => plainPage(i, PAGE)));
/** A chunk inside page `page`. */
const on = (page: number, before: number, after: number | null) => {
  const start = page * (PAGE.length + 1);
  return { start, end: start + 5, before, after };
};

it("E7 the page of the best rank is 1, the others fall, a page without a chunk is null", () => {
  const heat = heatOf(evidenceOf([on(0, 1, 4), on(1, 4, 1), on(1, 9, 9), on(3, 9, null)]), DOCUMENT, places)!;
  expect(heat).toHaveLength(4);
  expect(heat[0]).toMatchObject({ rankBefore: 1, rankAfter: 4, before: 1 });
  expect(heat[1]).toMatchObject({ rankBefore: 4, rankAfter: 1, after: 1 });
  expect(heat[2]).toEqual({ rankBefore: null, rankAfter: null, before: null, after: null, difference: null });
  expect(heat[3]).toMatchObject({ rankBefore: 9, rankAfter: null, after: null, difference: null });
});

it("E8 heat lies in (0, 1] for every page of the result, and the sign of the difference is the move of its best rank", () => {
  const rank = fc.integer({ min: 1, max: 200 });
  const standing = fc.tuple(fc.nat(3), rank, fc.option(rank)).map(([page, before, after]) => on(page, before, after));
  fc.assert(
    fc.property(fc.array(standing, { minLength: 1, maxLength: 12 }), (standings) => {
      const heat = heatOf(evidenceOf(standings), DOCUMENT, places)!;
      const seen = heat.filter(({ rankBefore }) => rankBefore !== null);
      expect(Math.max(...seen.flatMap(({ before, after }) => [before!, after ?? 0]))).toBe(1);
      for (const { rankBefore, rankAfter, before, after, difference } of seen) {
        expect(before! > 0 && before! <= 1).toBe(true);
        expect(after === null || (after > 0 && after <= 1)).toBe(true);
        if (rankAfter === null) expect(difference).toBeNull();
        else expect(Math.sign(difference!)).toBe(Math.sign(rankBefore! - rankAfter));
      }
    }),
    { seed: 32, numRuns: 300 },
  );
});

it("E9 nothing of the result in the document: no heat at all", () => {
  const elsewhere = { ...on(0, 1, 1), documentId: "e" as DocumentId };
  expect(heatOf(evidenceOf([elsewhere]), DOCUMENT, places)).toBeNull();
});
