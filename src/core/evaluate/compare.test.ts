import * as fc from "fast-check";
import { expect, test } from "vitest";
import { averageOverlap, overlapAt, rankCorrelation, rboExtrapolated, rboTruncated } from "./compare.ts";

const list = (letters: string): string[] => letters.split("");
const FIVE = list("ABCDE");

// list, τ, ρ, AO, RBO_ext at .9 and .5, truncated at .9: computed with scipy and the formulas
const WORKED: [string, number, number, number, number, number, number][] = [
  ["BACDE", 0.8, 0.9, 0.8, 0.9, 0.5, 0.30951],
  ["ACBED", 0.6, 0.8, 0.85, 0.936775, 0.859375, 0.346285],
  ["EDCBA", -1, -1, 0.416667, 0.737775, 0.151042, 0.147285],
];

test.each(WORKED)("R1 R3 R4 %s against ABCDE", (letters, tau, rho, overlap, at9, at5, truncated) => {
  const other = list(letters);
  const correlation = rankCorrelation(FIVE, other);
  expect(correlation.tau).toBeCloseTo(tau, 12);
  expect(correlation.rho).toBeCloseTo(rho, 12);
  expect(averageOverlap(FIVE, other)).toBeCloseTo(overlap, 6);
  expect(rboExtrapolated(FIVE, other, 0.9)).toBeCloseTo(at9, 6);
  expect(rboExtrapolated(FIVE, other, 0.5)).toBeCloseTo(at5, 6);
  expect(rboTruncated(FIVE, other, 0.9)).toBeCloseTo(truncated, 6);
});

test("R3 average overlap of the RBO repository's tests", () => {
  expect(averageOverlap(list("abcdefg"), list("zcavwxy"))).toBeCloseTo(0.312, 3);
  expect(averageOverlap(list("abcde"), list("bacde"))).toBeCloseTo(0.8, 12);
  expect(averageOverlap(list("abcde"), list("abced"))).toBeCloseTo(0.95, 12);
});

test("R4 identical 1, disjoint 0, both empty 1, one empty 0", () => {
  expect(rboExtrapolated(FIVE, FIVE)).toBeCloseTo(1, 12);
  expect(rboTruncated(FIVE, FIVE)).toBeCloseTo(1 - 0.9 ** 5, 12);
  for (const rbo of [rboExtrapolated, rboTruncated, averageOverlap]) {
    expect(rbo(FIVE, list("vwxyz"))).toBe(0);
    expect(rbo([], [])).toBe(1);
    expect(rbo(FIVE, [])).toBe(0);
  }
});

test("R2 lists of different members are correlated by what they share", () => {
  expect(rankCorrelation(list("AxBCy"), list("zCBA"))).toEqual({ tau: -1, rho: -1, shared: 3 });
  expect(rankCorrelation(list("AB"), list("BCD"))).toEqual({ tau: null, rho: null, shared: 1 });
});

test("R5 overlap@k divides by k", () => {
  expect(overlapAt(3, list("ABC"), list("CAX"))).toBeCloseTo(2 / 3, 12);
  expect(overlapAt(4, list("AB"), list("BA"))).toBe(0.5);
});

const anyList = fc.uniqueArray(fc.constantFrom(...list("ABCDEFGHIJKL")), { maxLength: 12 });

test("R1 to R5 two lists are as alike as the same two, the other way round, and in bounds", () => {
  fc.assert(
    fc.property(anyList, anyList, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (a, b, p) => {
      const values = (x: string[], y: string[]): number[] => [
        averageOverlap(x, y),
        rboTruncated(x, y, p),
        rboExtrapolated(x, y, p),
        overlapAt(5, x, y),
        ((rankCorrelation(x, y).tau ?? 0) + 1) / 2,
        ((rankCorrelation(x, y).rho ?? 0) + 1) / 2,
      ];
      const there = values(a, b);
      for (const [i, back] of values(b, a).entries()) {
        expect(back).toBeCloseTo(there[i]!, 12);
        expect(back).toBeGreaterThan(-1e-9);
        expect(back).toBeLessThan(1 + 1e-9);
      }
    }),
    { seed: 4 },
  );
});

test("R1 R5 each agrees with its definition, counted the slow way", () => {
  fc.assert(
    fc.property(anyList, anyList, (a, b) => {
      const common = a.filter((item) => b.includes(item));
      let agree = 0;
      for (const x of common) {
        for (const y of common) {
          if (a.indexOf(x) < a.indexOf(y)) agree += b.indexOf(x) < b.indexOf(y) ? 1 : -1;
        }
      }
      const pairs = (common.length * (common.length - 1)) / 2;
      if (pairs > 0) expect(rankCorrelation(a, b).tau).toBeCloseTo(agree / pairs, 12);
      for (const k of [1, 3, 12]) {
        const shared = a.slice(0, k).filter((item) => b.slice(0, k).includes(item)).length;
        expect(overlapAt(k, a, b)).toBeCloseTo(shared / k, 12);
      }
    }),
    { seed: 5 },
  );
});
