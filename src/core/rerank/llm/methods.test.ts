import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../base/rng.ts";
import { kendallTau } from "../kendall-tau.ts";
import { nearestOrder, positionBias, shuffled, shufflesOf } from "./consistency.ts";
import { llmCost, mostSifts } from "./cost.ts";
import { heapTop } from "./heap.ts";
import { agreed, bestBy, bubbleTop, remembered } from "./pairwise.ts";
import { LLM_DEFAULTS, llmSettingsFrom, type LlmMethod } from "./settings.ts";

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const nothing = (): void => {};
const bestOf = async (items: readonly number[]): Promise<number> => items.indexOf(Math.min(...items));

/** Mean calls of a perfect setwise judge over shuffled lists. */
async function setwiseCalls(n: number, children: number): Promise<number> {
  const random = seededRandom(n + children);
  let calls = 0;
  const trials = 100;
  for (let i = 0; i < trials; i += 1) {
    const counted = (items: readonly number[]): Promise<number> => ((calls += 1), bestOf(items));
    await heapTop(shuffled(range(n), random), children, 10, counted, nothing);
  }
  return calls / trials;
}

// The reference gives the mean of 300 lists; ours differ by less than one and a half calls.
it.each([
  [20, 2, 43],
  [20, 3, 30],
  [20, 9, 17],
  [20, 19, 10],
  [50, 2, 84],
  [50, 3, 53],
  [50, 9, 24],
  [100, 2, 140],
  [100, 3, 82],
  [100, 19, 23],
])("L4 setwise of %i by %i children takes about %i calls", async (n, children, calls) => {
  expect(Math.abs((await setwiseCalls(n, children)) - calls)).toBeLessThan(1.5);
});

it("L4 R1 a heap with a perfect judge gives the top, then the rest in its order; every state is a permutation", async () => {
  const random = seededRandom(4);
  for (let trial = 0; trial < 200; trial += 1) {
    const n = Math.floor(random() * 40);
    const [children, depth] = [1 + Math.floor(random() * 6), 1 + Math.floor(random() * 12)];
    const start = shuffled(range(n), random);
    let calls = 0;
    const order = await heapTop(
      start,
      children,
      depth,
      (items) => ((calls += 1), bestOf(items)),
      (now) => expect(now.toSorted((a, b) => a - b)).toEqual(range(n)),
    );
    const top = Math.min(depth, n);
    expect(order.slice(0, top)).toEqual(range(top));
    expect(order.slice(top)).toEqual(start.filter((item) => item >= top));
    expect(calls).toBeLessThanOrEqual(mostSifts(n, children, depth));
  }
});

it("L4 a judge that never names a winner changes nothing", async () => {
  const start = shuffled(range(20), seededRandom(1));
  expect(await heapTop(start, 2, 10, async () => 99, nothing)).toEqual(start);
  expect(
    await heapTop(
      start,
      2,
      10,
      bestBy(async () => 0),
      nothing,
    ),
  ).toEqual(start);
  expect(await bubbleTop([3, 1, 2], 3, async () => 0, nothing)).toEqual([3, 1, 2]);
});

it("L4 pairwise: a win must survive both orders", () => {
  expect([agreed(true, false), agreed(false, true), agreed(true, true), agreed(false, false)]).toEqual([1, -1, 0, 0]);
  expect([agreed(null, true), agreed(true, null)]).toEqual([0, 0]);
});

it("L4 pairwise sliding and heap with a perfect judge give the top, asking no pair twice", async () => {
  const random = seededRandom(5);
  for (const ways of ["bubble", "heap"] as const) {
    for (let trial = 0; trial < 60; trial += 1) {
      const n = 1 + Math.floor(random() * 30);
      const depth = 1 + Math.floor(random() * 10);
      const asked = new Set<string>();
      const compare = remembered<number>(async (a, b) => {
        const key = [a, b].toSorted((x, y) => x - y).join();
        expect(asked.has(key)).toBe(false);
        asked.add(key);
        return a < b ? 1 : -1;
      });
      const start = shuffled(range(n), random);
      const order =
        ways === "bubble"
          ? await bubbleTop(start, depth, compare, nothing)
          : await heapTop(start, 2, depth, bestBy(compare), nothing);
      const top = Math.min(depth, n);
      expect(order.slice(0, top)).toEqual(range(top));
      expect(order.toSorted((a, b) => a - b)).toEqual(range(n));
      const method: LlmMethod = ways === "bubble" ? "pairwise-sliding" : "pairwise-heap";
      const most = llmCost(method, { ...LLM_DEFAULTS, depth }, { passages: n, passageTokens: 100, queryTokens: 10 });
      expect(2 * asked.size).toBeLessThanOrEqual(most.calls);
    }
  }
});

it.each([
  ["yes-no", {}, 20, 20],
  ["sliding", {}, 20, 1],
  ["sliding", {}, 50, 4],
  ["sliding", {}, 100, 9],
  ["sliding", { window: 10, step: 5 }, 50, 9],
  ["sliding", { window: 5, step: 3 }, 100, 33],
  ["sliding", { window: 4, step: 2, passes: 2, shuffles: 3 }, 100, 49 * 6],
  ["one-call", { passes: 3 }, 100, 1],
  ["pairwise-sliding", {}, 20, 290],
  ["pairwise-sliding", {}, 50, 890],
  ["pairwise-sliding", {}, 100, 1890],
] as const)("L6 %s %j over %i passages: %i calls", (method, settings, passages, calls) => {
  const cost = llmCost(method, { ...LLM_DEFAULTS, ...settings }, { passages, passageTokens: 200, queryTokens: 12 });
  expect(cost.calls).toBe(calls);
});

it("L6 passages read and tokens: 100 by 20/10 reads 180", () => {
  const cost = llmCost("sliding", LLM_DEFAULTS, { passages: 100, passageTokens: 200, queryTokens: 10 });
  expect(cost).toMatchObject({ reads: 180, isMost: false });
  expect(cost.tokensIn).toBe(180 * 206 + 9 * 130);
});

/** The order with the smallest sum of Kendall distances, by trying all. */
function slowNearest(orders: readonly (readonly number[])[], n: number): number {
  let best = Number.POSITIVE_INFINITY;
  const tryAll = (head: readonly number[], rest: readonly number[]): void => {
    if (rest.length === 0) best = Math.min(best, distance(head, orders));
    for (const item of rest)
      tryAll(
        [...head, item],
        rest.filter((it) => it !== item),
      );
  };
  tryAll([], range(n));
  return best;
}
function distance(order: readonly number[], orders: readonly (readonly number[])[]): number {
  const n = order.length;
  const place = new Map(order.map((item, i) => [item, i]));
  return orders.reduce(
    (sum, other) => sum + ((1 - (kendallTau(other.map((item) => place.get(item)!)) ?? 1)) * n * (n - 1)) / 4,
    0,
  );
}

it("L5 the nearest order: as good as the best of all, or within one swap in twenty of a hundred", () => {
  const random = seededRandom(9);
  let worse = 0;
  for (let trial = 0; trial < 100; trial += 1) {
    const n = 2 + Math.floor(random() * 4);
    const orders = Array.from({ length: 1 + Math.floor(random() * 5) }, () => shuffled(range(n), random));
    const found = nearestOrder(orders);
    expect(found.toSorted((a, b) => a - b)).toEqual(range(n));
    const more = distance(found, orders) - slowNearest(orders, n);
    expect(more).toBeLessThan(1.01);
    if (more > 0.01) worse += 1;
  }
  expect(worse).toBeLessThanOrEqual(20);
});

it("L5 a noisy judge's shuffles come out nearer to the truth than one of them", () => {
  const random = seededRandom(11);
  let [single, together] = [0, 0];
  for (let trial = 0; trial < 50; trial += 1) {
    const noisy = shufflesOf(range(12), 7, random).map(() =>
      range(12).toSorted((a, b) => a + 8 * random() - (b + 8 * random())),
    );
    single += kendallTau(noisy[0]!) ?? 0;
    together += kendallTau(nearestOrder(noisy)) ?? 0;
  }
  expect(together).toBeGreaterThan(1.2 * single);
});

it("L5 the shuffle test tells a copier from a judge", () => {
  const shown = shufflesOf(range(10), 5, seededRandom(3));
  expect(positionBias(shown, shown)).toMatchObject({ copying: 1 });
  const judged = shown.map(() => range(10));
  expect(positionBias(shown, judged)!.agreement).toBe(1);
  expect(positionBias(shown, judged)!.copying).toBeLessThan(0.6);
  expect(positionBias([range(3)], [range(3)])).toBeNull();
});

it("L6 settings from outside are whole numbers within limits, and the step is below the window", () => {
  expect(llmSettingsFrom(null)).toEqual(LLM_DEFAULTS);
  expect(llmSettingsFrom({ window: 3, step: 9, passes: -1, parser: "x" })).toMatchObject({
    window: 3,
    step: 2,
    passes: 1,
    parser: "robust",
  });
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const { window, step } = llmSettingsFrom(value);
      expect(step >= 1 && step < window).toBe(true);
    }),
    { seed: 6 },
  );
});
