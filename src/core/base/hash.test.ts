import { expect, test } from "vitest";
import { fnv1a64 } from "./hash.ts";
import { seededRandom } from "./rng.ts";

test("fnv1a64 gives the published values", () => {
  expect(["", "a", "b", "foobar", "chongo was here!\n"].map(fnv1a64)).toEqual([
    "cbf29ce484222325",
    "af63dc4c8601ec8c",
    "af63df4c8601f1a5",
    "85944171f73967e8",
    "46810940eff5f915",
  ]);
});

test("fnv1a64 agrees with arithmetic on big integers", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 200; round++) {
    const units = Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 0x10000));
    const slow = units.reduce(
      (hash, unit) => ((hash ^ BigInt(unit)) * 0x100000001b3n) & ((1n << 64n) - 1n),
      0xcbf29ce484222325n,
    );
    expect(fnv1a64(String.fromCharCode(...units))).toBe(slow.toString(16).padStart(16, "0"));
  }
});

test("seededRandom repeats itself for a seed, differs between seeds and fills [0, 1) evenly", () => {
  const draw = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 10_000 }, () => random());
  };
  const numbers = draw(1);
  expect(draw(1)).toEqual(numbers);
  expect(draw(2)).not.toEqual(numbers);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const tenths = Array.from({ length: 10 }, (_, i) => numbers.filter((number) => Math.floor(number * 10) === i).length);
  expect(Math.min(...tenths)).toBeGreaterThan(850);
});
