import { expect, test } from "vitest";
import { meanPool } from "./pool.ts";

test("padding does not count, rows come out with unit length", () => {
  const hidden = new Float32Array([3, 0, 0, 4, 9, 9, 1, 1, 9, 9, 9, 9]);
  const out = new Float32Array(4);
  meanPool(hidden, [1, 1, 0, 1, 0, 0], 2, 3, 2, out);
  const half = Math.SQRT1_2;
  expect([...out].map((x) => Number(x.toFixed(6)))).toEqual([
    0.6,
    0.8,
    Number(half.toFixed(6)),
    Number(half.toFixed(6)),
  ]);
});

test("a text without signal stays zero, not NaN", () => {
  const out = new Float32Array(2).fill(7);
  meanPool(new Float32Array(4), [1, 1], 1, 2, 2, out);
  expect([...out]).toEqual([0, 0]);
});
