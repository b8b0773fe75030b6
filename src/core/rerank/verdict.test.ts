import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logitsOf, poolOf } from "./candidates.fixture.ts";
import { kendallTau } from "./kendall-tau.ts";
import { rankByLogits } from "./rank.ts";
import { verdictOf } from "./verdict.ts";
import type { Verdict } from "../model.ts";

const RUNS = { numRuns: 200, seed: 20260801 };

/** Re-ranks `before` into `after` by falling logits. */
function verdict(before: string, after: string, top: number): Verdict {
  const logits = logitsOf(Object.fromEntries(after.split("").map((id, i) => [id, -i])));
  return verdictOf(rankByLogits(poolOf(before.split("")), logits), top);
}

/** Slow and plain: every pair. */
function tauByPairs(ranks: readonly number[]): number | null {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < ranks.length; i++) {
    for (let j = i + 1; j < ranks.length; j++, pairs++) sum += Math.sign(ranks[j]! - ranks[i]!);
  }
  return pairs === 0 ? null : sum / pairs;
}

describe("Kendall tau", () => {
  test.each([
    ["ABCDE", 1],
    ["BACDE", 0.8],
    ["ACBED", 0.6],
    ["EDCBA", -1],
  ])("ABCDE to %s is %f, as scipy computes it", (after, tau) => {
    expect(verdict("ABCDE", after, 3).kendallTau).toBeCloseTo(tau, 12);
  });

  test("agrees with counting every pair", () => {
    const order = fc.uniqueArray(fc.nat(1000), { maxLength: 70 });
    fc.assert(
      fc.property(order, (ranks) => {
        const given = Object.freeze(ranks);
        const slow = tauByPairs(ranks);
        if (slow === null) expect(kendallTau(given)).toBeNull();
        else expect(kendallTau(given)).toBeCloseTo(slow, 12);
      }),
      RUNS,
    );
  });

  test("is null where there is no pair", () => {
    expect([kendallTau([]), kendallTau([1])]).toEqual([null, null]);
  });
});

describe("verdictOf", () => {
  test("counts what changed, entered and left the top", () => {
    expect(verdict("ABCDEF", "EABDCF", 3)).toEqual({
      top: 3,
      pool: 6,
      scored: 6,
      changedInTop: 3,
      enteredTop: 1,
      leftTop: 1,
      bestJump: { chunkId: "E", from: 5, to: 1 },
      kendallTau: expect.closeTo(1 - (2 * 5) / 15, 12),
      noSignal: null,
    });
    expect(verdict("ABCD", "BACD", 4)).toMatchObject({ changedInTop: 2, enteredTop: 0, leftTop: 0 });
    expect(verdict("ABCD", "ABDC", 2)).toMatchObject({ changedInTop: 0, bestJump: null, noSignal: null });
  });

  test("the best jump ends in the top; of equal ones the better final rank", () => {
    expect(verdict("ABCDEFGH", "ADCHBEFG", 3).bestJump).toEqual({ chunkId: "D", from: 4, to: 2 });
    expect(verdict("ABCD", "CDAB", 2).bestJump).toEqual({ chunkId: "C", from: 3, to: 1 });
    expect(verdict("ABCD", "CDAB", 0).bestJump).toBeNull();
  });

  test("agrees with sets and a table, for any order and top, also beyond the pool", () => {
    const shuffled = fc.shuffledSubarray("ABCDEFGHIJ".split(""), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(shuffled, fc.nat(12), (after, top) => {
        const before = "ABCDEFGHIJ".split("");
        const [was, is] = [new Set(before.slice(0, top)), new Set(after.slice(0, top))];
        const result = verdict(before.join(""), after.join(""), top);
        expect(result.enteredTop).toBe([...is].filter((id) => !was.has(id)).length);
        expect(result.leftTop).toBe([...was].filter((id) => !is.has(id)).length);
        expect(result.changedInTop).toBe(after.slice(0, top).filter((id, i) => id !== before[i]).length);
        const rises = after.slice(0, top).map((id, i) => before.indexOf(id) - i);
        const highest = Math.max(0, ...rises);
        expect(result.bestJump?.to ?? null).toBe(highest === 0 ? null : rises.indexOf(highest) + 1);
      }),
      RUNS,
    );
  });

  test("R5 nothing scored, all scores equal and an unchanged order are told apart", () => {
    const of = (logits: Record<string, number>, ids = "abc"): Verdict["noSignal"] =>
      verdictOf(rankByLogits(poolOf(ids.split("")), logitsOf(logits)), 3).noSignal;
    expect(of({})).toBe("nothing-scored");
    expect(of({ a: NaN, b: Infinity })).toBe("nothing-scored");
    expect(of({}, "")).toBe("nothing-scored");
    expect(of({ a: 1, b: 1, c: 1 })).toBe("all-scores-equal");
    expect(of({ b: 1, c: 1 })).toBe("all-scores-equal");
    expect(of({ a: 7, b: 7.000001, c: 7 })).toBe("all-scores-equal");
    expect(of({ a: 0, b: 0, c: 0 })).toBe("all-scores-equal");
    expect(of({ a: 3, b: 2, c: 1 })).toBe("order-unchanged");
    expect(of({ a: 1, b: 2, c: 3 })).toBeNull();
    expect(of({ a: 1e-9, b: 2e-9, c: 3e-9 })).toBeNull();
  });

  test("R5 one score: no warning in a pool of one, else only where it moved nothing", () => {
    expect(verdictOf(rankByLogits(poolOf(["a"]), logitsOf({ a: 1 })), 3).noSignal).toBeNull();
    expect(verdictOf(rankByLogits(poolOf(["a", "b"]), logitsOf({ a: 1 })), 3).noSignal).toBe("order-unchanged");
    expect(verdictOf(rankByLogits(poolOf(["a", "b"]), logitsOf({ b: 1 })), 3).noSignal).toBeNull();
  });
});
