import { expect, test } from "vitest";
import type { ModelStamp } from "../model.ts";
import { checkFloor, defaultFloor } from "./floor.ts";

const rows = (...scores: (number | null)[]) => scores.map((score) => ({ score }));

test("A7 refused only where every passage has a logit and the best is below the floor", () => {
  expect(checkFloor(rows(2.9, 1), 3)).toEqual({ refused: true, floor: 3, best: 2.9 });
  expect(checkFloor(rows(1, 3), 3).refused).toBe(false);
  expect(checkFloor(rows(-9), null).refused).toBe(false);
});

test("A7 an order without scores, and a passage that was not scored, are no reason to refuse", () => {
  expect(checkFloor(rows(null, null), 3)).toEqual({ refused: false, floor: 3, best: null });
  expect(checkFloor(rows(1, null), 3)).toEqual({ refused: false, floor: 3, best: 1 });
  expect(checkFloor(rows(1, Number.NaN), 3).refused).toBe(false);
  expect(checkFloor([], 3).refused).toBe(false);
});

test("A8 the bundled re-ranker has a floor, others have none", () => {
  const stamp: ModelStamp = { id: "second-look-rerank-match-v0", revision: "1", dtype: "q8", device: "wasm" };
  expect(defaultFloor(stamp)).toBe(3);
  expect(defaultFloor({ ...stamp, id: "BAAI/bge-reranker-base" })).toBeNull();
  expect(defaultFloor(null)).toBeNull();
});
