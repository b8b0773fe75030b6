import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../base/rng.ts";
import { intervalOf, percentile, resampledMeans } from "./bootstrap.ts";
import { randomizationTest } from "./randomization.ts";

const minus = (after: number[], before: number[]): Float64Array => Float64Array.from(after, (x, i) => x - before[i]!);
const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

function anySeries(length: number, seed: number, shift = 0): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => random() - 0.5 + shift);
}

test("S2 the worked example: reciprocal ranks of five questions, p = 8/32", () => {
  const differences = minus([1, 1, 0.5, 0.5, 1], [1, 0.5, 0.3333, 0, 1]);
  expect(meanOf(differences)).toBeCloseTo(0.23333, 4);
  expect(randomizationTest(differences)).toEqual({ p: 0.25, exact: true });
});

test("S2 nothing differs: p = 1; no question: p = 1", () => {
  expect(randomizationTest(new Float64Array(40))).toEqual({ p: 1, exact: true });
  expect(randomizationTest(new Float64Array())).toEqual({ p: 1, exact: true });
});

test("S2 one-sided luck: n equal differences give 2/2^n, in any order and after rounding", () => {
  for (const n of [1, 5, 15]) {
    expect(randomizationTest(new Float64Array(n).fill(0.1)).p).toBe(2 / 2 ** n);
  }
});

const anyDifferences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 10 });

test("S2 exact p: the same for the opposite differences, in another order, and with ties added", () => {
  fc.assert(
    fc.property(anyDifferences, (differences) => {
      const { p } = randomizationTest(Float64Array.from(differences));
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(randomizationTest(Float64Array.from(differences, (x) => -x)).p).toBe(p);
      expect(randomizationTest(Float64Array.from([...differences.toReversed(), 0, 0, 0, 0, 0, 0])).p).toBe(p);
    }),
    { seed: 6 },
  );
});

test("S2 beyond 15 that differ, drawn signs come close to all of them counted", () => {
  for (const [seed, shift] of [
    [1, 0],
    [2, 0.1],
    [3, 0.2],
  ] as const) {
    const differences = anySeries(17, seed, shift);
    const observed = Math.abs(differences.reduce((a, b) => a + b, 0));
    let extreme = 0;
    for (let signs = 0; signs < 2 ** 17; signs++) {
      let sum = 0;
      for (let i = 0; i < 17; i++) sum += (signs >> i) & 1 ? differences[i]! : -differences[i]!;
      if (Math.abs(sum) >= observed - 1e-9) extreme++;
    }
    const found = randomizationTest(differences);
    expect(found.exact).toBe(false);
    // Three standard errors of 10,000 draws at p = .5.
    expect(Math.abs(found.p - extreme / 2 ** 17)).toBeLessThan(0.015);
    expect(randomizationTest(differences)).toEqual(found);
  }
});

test("S2 drawn, p is never 0, and no byte of signs is left out", () => {
  for (const n of [16, 33, 40, 71]) {
    expect(randomizationTest(new Float64Array(n).fill(1)).p).toBeLessThan(0.0008);
    expect(randomizationTest(new Float64Array(n).fill(1)).p).toBeGreaterThan(0);
    const twoLarge = new Float64Array(n).fill(1e-12);
    twoLarge[0] = 1;
    twoLarge[n - 1] = 1;
    // Half of the assignments give both the same sign.
    expect(Math.abs(randomizationTest(twoLarge).p - 0.5)).toBeLessThan(0.02);
  }
});

test("S1 the interval of a mean is that of theory where there are many questions", () => {
  const values = anySeries(400, 7);
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  const { low, high } = intervalOf(resampledMeans([values])[0]!);
  const half = (1.96 * deviation) / Math.sqrt(400);
  // 10,000 draws place each end to about 3 % of a standard error; 5 % of the half width is three times that.
  expect(Math.abs(low - (mean - half))).toBeLessThan(0.05 * half);
  expect(Math.abs(high - (mean + half))).toBeLessThan(0.05 * half);
});

test("S1 series are paired: the difference of two draws is the draw of the difference", () => {
  const [before, after] = [anySeries(30, 8), anySeries(30, 9)];
  const difference = after.map((value, i) => value - before[i]!);
  const series = [before, after, difference, before, after];
  const means = resampledMeans(series, 500);
  expect(means.length).toBe(5);
  for (let draw = 0; draw < 500; draw++) {
    expect(means[1]![draw]! - means[0]![draw]!).toBeCloseTo(means[2]![draw]!, 12);
  }
  expect(means[3]).toEqual(means[0]);
  expect(means[4]).toEqual(means[1]);
  expect(resampledMeans([difference], 500)[0]).toEqual(means[2]);
});

test("S1 equal numbers have no spread; one question neither", () => {
  expect(intervalOf(resampledMeans([new Float64Array(9).fill(0.5)], 100)[0]!)).toEqual({ low: 0.5, high: 0.5 });
  expect(intervalOf(resampledMeans([Float64Array.of(0.3)], 100)[0]!)).toEqual({ low: 0.3, high: 0.3 });
});

test("S1 percentiles are linear between neighbours", () => {
  const four = Float64Array.of(1, 2, 3, 4);
  expect([0, 0.25, 0.5, 0.95, 1].map((share) => percentile(four, share))).toEqual(
    [1, 1.75, 2.5, 3.85, 4].map((value) => expect.closeTo(value, 12)),
  );
  expect(percentile(Float64Array.of(7), 0.975)).toBe(7);
});
