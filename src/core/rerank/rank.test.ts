import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate, ChunkId, Ranked } from "../model.ts";
import { logitsOf, poolOf } from "./candidates.fixture.ts";
import { rankByLogits } from "./rank.ts";

const RUNS = { numRuns: 200, seed: 20260801 };
const LOGIT = fc.oneof(
  fc.constantFrom(0, -0, 1, 1, -3.5, NaN, Infinity, -Infinity, undefined),
  fc.float(),
  // Differences that a sigmoid in float32 rounds away.
  fc.double({ min: 20, max: 20.000001, noNaN: true }),
);
const CASE = fc.array(LOGIT, { maxLength: 60 }).map((logits) => {
  const pool = poolOf(logits.map((_, i) => `c${i}`));
  return {
    pool,
    logits: new Map(pool.flatMap(({ chunkId }, i) => (logits[i] === undefined ? [] : [[chunkId, logits[i]]]))),
  };
});

const idsOf = (ranked: readonly Ranked[]): string[] => ranked.map(({ candidate }) => candidate.chunkId);

/** Slow and plain: take the best of what is left, again and again. */
function selectionOracle(pool: readonly Candidate[], logits: ReadonlyMap<ChunkId, number>): string[] {
  const left = [...pool];
  const order: string[] = [];
  const logitOf = ({ chunkId }: Candidate): number => {
    const logit = logits.get(chunkId) ?? NaN;
    return Number.isFinite(logit) ? logit : -Infinity;
  };
  while (left.length > 0) {
    let best = 0;
    for (let i = 1; i < left.length; i++) if (logitOf(left[i]!) > logitOf(left[best]!)) best = i;
    order.push(...left.splice(best, 1).map(({ chunkId }) => chunkId));
  }
  return order;
}

describe("rankByLogits", { timeout: 30_000 }, () => {
  test("R1 the result is a permutation of the pool, with ranks 1 to n, and the input stays as it was", () => {
    fc.assert(
      fc.property(CASE, ({ pool, logits }) => {
        const frozen = Object.freeze(pool.map((candidate) => Object.freeze(candidate)));
        const known = new Map(logits);
        const ranked = rankByLogits(frozen, logits);
        expect(idsOf(ranked).toSorted()).toEqual(pool.map(({ chunkId }) => chunkId).toSorted());
        expect(ranked.map(({ rank }) => rank)).toEqual(pool.map((_, i) => i + 1));
        for (const { candidate, rank, delta } of ranked) expect(delta).toBe(candidate.rank - rank);
        expect(ranked.reduce((sum, { delta }) => sum + delta, 0)).toBe(0);
        expect([...logits]).toEqual([...known]);
      }),
      RUNS,
    );
    expect(rankByLogits([], new Map())).toEqual([]);
  });

  test("R1 logits of chunks outside the pool add nothing", () => {
    expect(idsOf(rankByLogits(poolOf(["a", "b"]), logitsOf({ x: 9, b: 1 })))).toEqual(["b", "a"]);
  });

  test("R2 by logit, best first, as the slow oracle selects; equal logits keep the rank before", () => {
    fc.assert(
      fc.property(CASE, ({ pool, logits }) => {
        expect(idsOf(rankByLogits(pool, logits))).toEqual(selectionOracle(pool, logits));
      }),
      RUNS,
    );
    expect(idsOf(rankByLogits(poolOf(["a", "b", "c", "d"]), logitsOf({ d: 1, b: 1, c: 2, a: 1 })))).toEqual([
      "c",
      "a",
      "b",
      "d",
    ]);
    expect(idsOf(rankByLogits(poolOf(["a", "b"]), logitsOf({ a: 20, b: 20.0000001 })))).toEqual(["b", "a"]);
    expect(idsOf(rankByLogits(poolOf(["a", "b"]), logitsOf({ a: -0, b: 0 })))).toEqual(["a", "b"]);
  });

  test("R2 the order in which scores and candidates arrive changes nothing", () => {
    fc.assert(
      fc.property(CASE, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), ({ pool, logits }, stream) => {
        const shuffle = <T>(items: Iterable<T>): T[] =>
          Array.from(items, (item) => ({ item, key: stream.next().value }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(rankByLogits(shuffle(pool), new Map(shuffle(logits)))).toEqual(rankByLogits(pool, logits));
      }),
      RUNS,
    );
  });

  test("R3 candidates without a finite logit keep their old order behind the scored ones", () => {
    const ranked = rankByLogits(
      poolOf(["a", "b", "c", "d", "e"]),
      logitsOf({ a: NaN, b: -99, c: Infinity, d: -Infinity }),
    );
    expect(ranked.map(({ candidate, logit, rank, delta }) => [candidate.chunkId, logit, rank, delta])).toEqual([
      ["b", -99, 1, 1],
      ["a", null, 2, -1],
      ["c", null, 3, 0],
      ["d", null, 4, 0],
      ["e", null, 5, 0],
    ]);
  });

  test("R3 a stop after any number of scores leaves a valid list", () => {
    fc.assert(
      fc.property(CASE, fc.nat(60), ({ pool, logits }, stop) => {
        const some = new Map([...logits].slice(0, stop));
        const ranked = rankByLogits(pool, some);
        const scored = ranked.findIndex(({ logit }) => logit === null);
        const rest = scored < 0 ? [] : ranked.slice(scored);
        expect(rest.every(({ logit }) => logit === null)).toBe(true);
        expect(rest.map(({ candidate }) => candidate.rank)).toEqual(
          rest.map(({ candidate }) => candidate.rank).toSorted((a, b) => a - b),
        );
      }),
      RUNS,
    );
  });
});
