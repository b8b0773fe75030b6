import { expect, test } from "vitest";
import { seededRandom } from "../base/rng.ts";
import { type HiddenStates, pool, type PoolOptions } from "./pool.ts";

const MEAN: PoolOptions = { pooling: "mean", layerNorm: false, dimension: 2 };
const rounded = (row: Iterable<number>): number[] => [...row].map((value) => Number(value.toFixed(5)));

test("padding does not count, rows come out with unit length", () => {
  const values = new Float32Array([3, 0, 0, 4, 9, 9, 1, 1, 9, 9, 9, 9]);
  const hidden = { values, mask: [1, 1, 0, 1, 0, 0], batch: 2, length: 3, width: 2 };
  const out = new Float32Array(4);
  pool(hidden, MEAN, out);
  expect(rounded(out)).toEqual(rounded([0.6, 0.8, Math.SQRT1_2, Math.SQRT1_2]));
  pool(hidden, { ...MEAN, pooling: "cls" }, out);
  expect(rounded(out)).toEqual(rounded([1, 0, Math.SQRT1_2, Math.SQRT1_2]));
  pool(hidden, { ...MEAN, pooling: "last" }, out);
  expect(rounded(out)).toEqual(rounded([0, 1, Math.SQRT1_2, Math.SQRT1_2]));
});

test("a text without signal stays zero, not NaN", () => {
  const out = new Float32Array(2).fill(7);
  pool({ values: new Float32Array(4), mask: [1, 1], batch: 1, length: 2, width: 2 }, MEAN, out);
  expect([...out]).toEqual([0, 0]);
  pool({ values: new Float32Array(4), mask: [1, 1], batch: 1, length: 2, width: 2 }, { ...MEAN, layerNorm: true }, out);
  expect([...out]).toEqual([0, 0]);
});

test("the cut comes after the layer norm and before the unit length", () => {
  const out = new Float32Array(2);
  const hidden = { values: new Float32Array([1, 2, 3, 6]), mask: [1], batch: 1, length: 1, width: 4 };
  pool(hidden, { ...MEAN, layerNorm: true }, out);
  // Mean 3: −2 and −1 are kept, at a ratio of two.
  expect(rounded(out)).toEqual(rounded([-2 / Math.sqrt(5), -1 / Math.sqrt(5)]));
});

test("any batch: each row as it comes out alone, without padding", () => {
  const random = seededRandom(5);
  for (let round = 0; round < 60; round += 1) {
    const [batch, length, width] = [1 + Math.floor(random() * 4), 1 + Math.floor(random() * 6), 8];
    const lengths = Array.from({ length: batch }, () => 1 + Math.floor(random() * length));
    const values = Float32Array.from({ length: batch * length * width }, () => random() * 2 - 1);
    const mask = lengths.flatMap((tokens) => Array.from({ length }, (_, t) => (t < tokens ? 1 : 0)));
    const dimension = 1 + Math.floor(random() * width);
    for (const pooling of ["mean", "cls", "last"] as const) {
      const options = { pooling, layerNorm: random() < 0.5, dimension };
      const together = new Float32Array(batch * dimension);
      pool({ values, mask, batch, length, width }, options, together);
      lengths.forEach((tokens, row) => {
        const alone = new Float32Array(dimension);
        const from = row * length * width;
        const own: HiddenStates = {
          values: values.slice(from, from + tokens * width),
          mask: Array.from({ length: tokens }, () => 1),
          batch: 1,
          length: tokens,
          width,
        };
        pool(own, options, alone);
        expect(rounded(together.subarray(row * dimension, (row + 1) * dimension))).toEqual(rounded(alone));
      });
    }
  }
});
