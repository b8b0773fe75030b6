import { expect, it } from "vitest";
import { seededRandom } from "../../base/rng.ts";
import { shuffled } from "./consistency.ts";
import { slide, slidingWindows, windowCalls } from "./sliding.ts";

const spans = (n: number, window: number, step: number, lastWindow: "short" | "full" = "short") =>
  slidingWindows(n, { window, step, lastWindow }).map(({ begin, end }) => [begin, end]);

/** A list of numbers where the smallest is the best, by a judge that is never wrong. */
const perfect = async (items: readonly number[]): Promise<number[]> => items.toSorted((a, b) => a - b);
const letters = (text: string): string[] => text.split("");

it("L1 the windows of rank_llm's own tests", () => {
  expect(spans(25, 20, 10)).toEqual([
    [5, 25],
    [0, 15],
  ]);
  expect(spans(8, 20, 10)).toEqual([[0, 8]]);
  expect(spans(10, 20, 10)).toEqual([[0, 10]]);
  expect(spans(40, 20, 10)).toHaveLength(3);
  expect(spans(100, 20, 10)).toHaveLength(9);
  expect(spans(100, 20, 10)[0]).toEqual([80, 100]);
  expect(spans(100, 20, 10).at(-1)).toEqual([0, 20]);
  expect(spans(0, 20, 10)).toEqual([]);
});

it.each([
  [100, 20, 10, 9],
  [50, 10, 5, 9],
  [25, 20, 10, 2],
  [20, 10, 5, 3],
  [8, 20, 10, 1],
  [20, 5, 3, 6],
  [50, 5, 3, 16],
  [100, 5, 3, 33],
  [100, 4, 2, 49],
])("L1 %i passages in windows of %i, step %i: %i calls", (n, window, step, calls) => {
  expect(windowCalls(n, window, step)).toBe(calls);
  expect(spans(n, window, step)).toHaveLength(calls);
});

it("L1 for every n up to 100 and every window: all places covered, back to front, neighbours overlap by w − s", () => {
  for (let n = 1; n <= 100; n += 1) {
    for (let window = 2; window <= 12; window += 1) {
      for (let step = 1; step < window; step += 1) {
        for (const last of ["short", "full"] as const) {
          const found = slidingWindows(n, { window, step, lastWindow: last });
          const covered = new Set(
            found.flatMap(({ begin, end }) => Array.from({ length: end - begin }, (_, i) => begin + i)),
          );
          const bad =
            covered.size !== n ||
            found.length !== windowCalls(n, window, step) ||
            found.some(({ begin, end }) => end - begin > window || begin < 0 || end > n) ||
            found.at(-1)!.begin !== 0 ||
            (last === "full" && found.some(({ begin, end }) => end - begin < Math.min(n, window)));
          if (bad) expect.fail(`n ${n} window ${window} step ${step} ${last}: ${JSON.stringify(found)}`);
        }
      }
    }
  }
});

it.each([
  [3, 3],
  [3, 0],
  [3, 4],
])("L1 a window of %i with a step of %i is refused", (window, step) => {
  expect(() => spans(10, window, step)).toThrow(RangeError);
});

it.each([
  ["ABCDEFGHIJ", 5, 3, "short", ["ABCDEJIHGF", "ABJIEDCHGF", "JIBAEDCHGF"]],
  ["ABCDEFGHIJ", 5, 3, "full", ["ABCDEJIHGF", "ABJIEDCHGF", "JIEBADCHGF"]],
  ["ABCDEFGHIJ", 4, 2, "short", ["ABCDEFJIHG", "ABCDJIFEHG", "ABJIDCFEHG", "JIBADCFEHG"]],
] as const)("L1 %s backwards by %i/%i %s", async (start, window, step, lastWindow, steps) => {
  const seen: string[] = [];
  await slide(
    letters(start),
    { window, step, lastWindow, passes: 1 },
    async (items) => items.toSorted().toReversed(),
    (order) => void seen.push(order.join("")),
  );
  expect(seen).toEqual(steps);
});

it("L1 R1 a perfect judge puts the top w − s right in a pass, and every state is a permutation", async () => {
  const random = seededRandom(6);
  for (let trial = 0; trial < 300; trial += 1) {
    const n = 1 + Math.floor(random() * 100);
    const window = 2 + Math.floor(random() * 20);
    const step = 1 + Math.floor(random() * (window - 1));
    const passes = 1 + Math.floor(random() * 3);
    const start = shuffled(
      Array.from({ length: n }, (_, i) => i),
      random,
    );
    const order = await slide(
      start,
      { window, step, passes, lastWindow: random() < 0.5 ? "short" : "full" },
      perfect,
      (now) => {
        expect(now.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      },
    );
    const right = Math.min(n, passes * (window - step));
    expect(order.slice(0, right)).toEqual(Array.from({ length: right }, (_, i) => i));
  }
});

it("R3 a judge that fails midway leaves what was ranked", async () => {
  const seen: (readonly number[])[] = [];
  const start = [5, 4, 3, 2, 1, 0];
  let calls = 0;
  const failing = async (items: readonly number[]): Promise<number[]> => {
    if ((calls += 1) === 2) throw new Error("gone");
    return perfect(items);
  };
  const ended = slide(
    start,
    { window: 3, step: 2, passes: 1, lastWindow: "short" },
    failing,
    (now) => void seen.push(now),
  );
  await expect(ended).rejects.toThrow("gone");
  expect(seen).toEqual([[5, 4, 3, 0, 1, 2]]);
  expect(start).toEqual([5, 4, 3, 2, 1, 0]);
});
