import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, barOf, zeroOf } from "./bars.ts";

describe("bars", () => {
  it("B1 a cosine, BM25 or RRF bar begins at zero; the list's best fills the track", () => {
    const axis = axisOf([0.8, 0.4, null], false);
    expect(barOf(axis, 0.8)).toEqual({ start: 0, width: 1 });
    expect(barOf(axis, 0.4)).toEqual({ start: 0, width: 0.5 });
  });

  it("B2 a logit bar grows from a zero inside the track, to both sides", () => {
    for (const scores of [
      [4, 1],
      [-4, -1],
      [4, -2],
    ]) {
      const axis = axisOf(scores, true);
      expect(zeroOf(axis)).toBeGreaterThan(0);
      expect(zeroOf(axis)).toBeLessThan(1);
    }
    const axis = axisOf([2, -2], true);
    expect(barOf(axis, 2)).toEqual({ start: 0.5, width: 0.5 });
    expect(barOf(axis, -2)).toEqual({ start: 0, width: 0.5 });
  });

  it("B3 nothing to compare: no bar, no NaN", () => {
    expect(barOf(axisOf([], true), 0)).toEqual({ start: 0, width: 0 });
    expect(barOf(axisOf([0, 0], false), 0)).toEqual({ start: 0, width: 0 });
    expect(barOf(axisOf([1], false), Number.NaN).width).toBe(0);
  });

  it("B4 every bar lies on its track, touches zero, and its length is in proportion to the score", () => {
    const score = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 20 }), fc.boolean(), (scores, signed) => {
        const axis = axisOf(scores, signed);
        const span = axis.high - axis.low;
        for (const value of scores) {
          const { start, width } = barOf(axis, value);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + width).toBeLessThanOrEqual(1 + 1e-9);
          if (span > 0) expect(width).toBeCloseTo(Math.abs(value) / span, 9);
          const edge = value < 0 ? start + width : start;
          expect(edge).toBeCloseTo(zeroOf(axis), 9);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
