import { expect, test } from "vitest";
import { toLogits } from "./head.ts";

test("one logit is taken as it is, of two the second less the first", () => {
  expect([...toLogits(new Float32Array([2.5, -1]), "logit")]).toEqual([2.5, -1]);
  expect([...toLogits(new Float32Array([1, 3, 40, -40]), "two-logits")]).toEqual([2, -80]);
});

test("the difference of two logits keeps apart what their softmax rounds to one", () => {
  const [sure = 0, surer = 0] = toLogits(new Float32Array([0, 40, 0, 60]), "two-logits");
  expect(1 / (1 + Math.exp(-sure))).toBe(1 / (1 + Math.exp(-surer)));
  expect(surer).toBeGreaterThan(sure);
});
