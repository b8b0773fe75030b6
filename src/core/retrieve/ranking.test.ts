import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { rankRows } from "./ranking.ts";

// Thousands of random cases; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

describe("rankRows", () => {
  it("Q5 equals a comparator sort on any scores: negative, zero, −0, equal, infinite, NaN", () => {
    const score = fc.oneof(
      fc.constantFrom(0, -0, 1, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, -1e-45, 3.4e38),
      fc.float(),
    );
    fc.assert(
      fc.property(fc.array(score), fc.constantFrom(Number.NEGATIVE_INFINITY, 0), (list, floor) => {
        const scores = Float32Array.from(list);
        const expected = Array.from(scores, (value, row) => ({ value, row }))
          .filter(({ value }) => value > floor)
          .toSorted((a, b) => (a.value === b.value ? a.row - b.row : b.value - a.value))
          .map(({ row }) => row);
        const ranking = rankRows(scores, floor);
        expect(Array.from(ranking.order)).toEqual(expected);
        ranking.ranks.forEach((rank, row) => {
          expect(rank).toBe(expected.indexOf(row) + 1);
          expect(ranking.scores[row]).toBe(rank === 0 ? Number.NaN : scores[row]! + 0);
        });
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
