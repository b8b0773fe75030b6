import { expect, test } from "vitest";
import { agreeOnChances, agreeOnLogits, agreeOnVectors } from "./self-check.ts";

test("G1 rounding agrees; one score for all, NaN and a missing score do not", () => {
  const reference = [4.2, -9.8, 0.03];
  expect(agreeOnLogits([4.19, -9.9, 0.06], reference)).toBe(true);
  expect(agreeOnLogits([4.2, 4.2, 4.2], reference)).toBe(false);
  expect(agreeOnLogits([4.2, Number.NaN, 0.03], reference)).toBe(false);
  expect(agreeOnLogits([4.2, -9.8], reference)).toBe(false);
});

test("G2 vectors agree by the angle; a turned one, NaN and an empty answer do not", () => {
  const reference = Float32Array.of(1, 0, 0.6, 0.8);
  expect(agreeOnVectors(Float32Array.of(0.9999, 0.01, 0.6, 0.8), reference, 2)).toBe(true);
  expect(agreeOnVectors(Float32Array.of(1, 0, 0.8, -0.6), reference, 2)).toBe(false);
  expect(agreeOnVectors(Float32Array.of(1, 0, Number.NaN, 0.8), reference, 2)).toBe(false);
  expect(agreeOnVectors(new Float32Array(), new Float32Array(), 2)).toBe(false);
  expect(agreeOnVectors(Float32Array.of(0, 0), Float32Array.of(0, 0), 2)).toBe(true);
});

test("G2 first words agree by their chance; another word, NaN and an answer that ends at once do not", () => {
  const chances = (...pairs: [string, number][]) => pairs.map(([token, logprob]) => ({ token, logprob }));
  const reference = chances(["The", -0.4], ["A", -1.5]);
  expect(agreeOnChances(chances(["The", -0.5], ["A", -1.4]), reference)).toBe(true);
  // Two that are nearly as likely change places by rounding.
  expect(agreeOnChances(chances(["A", -1.1], ["The", -1.2]), reference)).toBe(true);
  expect(agreeOnChances(chances(["!", -0.1]), reference)).toBe(false);
  expect(agreeOnChances(chances(["The", -4]), reference)).toBe(false);
  expect(agreeOnChances(chances(["The", Number.NaN]), reference)).toBe(false);
  expect(agreeOnChances([], reference)).toBe(false);
  expect(agreeOnChances([], [])).toBe(true);
  expect(agreeOnChances(chances(["!", -0.1]), null)).toBe(true);
  expect(agreeOnChances(chances(["!", Number.NaN]), null)).toBe(false);
});
