import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelStamp } from "../model.ts";
import { ScoreCache, scoreKey } from "./score-cache.ts";

const MODEL: ModelStamp = { id: "ranker", revision: "1", dtype: "q8", device: "wasm" };

describe("ScoreCache", { timeout: 30_000 }, () => {
  test("R4 a logit is known only to the model, run and texts that made it", () => {
    const cache = new ScoreCache();
    cache.set(MODEL, "query", "passage", 1.5, 512);
    expect(cache.get({ ...MODEL }, "query", "passage", 512)).toBe(1.5);
    const others: [ModelStamp, string, string, number?][] = [
      [{ ...MODEL, id: "other" }, "query", "passage", 512],
      [{ ...MODEL, revision: "2" }, "query", "passage", 512],
      [{ ...MODEL, dtype: "fp32" }, "query", "passage", 512],
      [{ ...MODEL, device: "webgpu" }, "query", "passage", 512],
      [MODEL, "Query", "passage", 512],
      [MODEL, "query", "passage ", 512],
      [MODEL, "passage", "query", 512],
      [MODEL, "query", "passage", 256],
      [MODEL, "query", "passage"],
      [{ ...MODEL, id: "ranker 1", revision: "" }, "query", "passage", 512],
    ];
    for (const other of others) expect(cache.get(...other)).toBeUndefined();
  });

  test("R4 different texts have different keys", () => {
    const text = fc.array(fc.nat(0xffff), { maxLength: 8 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        expect(scoreKey(MODEL, a, b) === scoreKey(MODEL, c, d)).toBe(a === c && b === d);
      }),
      { numRuns: 300, seed: 20260801 },
    );
  });

  test("NaN, the pair that the model does not read, is remembered too", () => {
    const cache = new ScoreCache();
    cache.set(MODEL, "q", "p", NaN);
    expect(cache.get(MODEL, "q", "p")).toBeNaN();
  });

  test("the least recently used goes first and the bound holds, as a plain list does it", () => {
    const step = fc.record({ write: fc.boolean(), passage: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (steps, bound) => {
        const cache = new ScoreCache(bound);
        let list: { passage: string; logit: number }[] = [];
        for (const [i, { write, passage }] of steps.entries()) {
          const known = list.find((entry) => entry.passage === passage);
          if (!write) expect(cache.get(MODEL, "q", passage)).toBe(known?.logit);
          else cache.set(MODEL, "q", passage, i);
          if (write || known) {
            const logit = write ? i : known!.logit;
            list = [...list.filter((entry) => entry.passage !== passage), { passage, logit }].slice(-bound);
          }
          expect(cache.size).toBe(list.length);
        }
      }),
      { numRuns: 200, seed: 20260801 },
    );
  });

  test("clear forgets everything", () => {
    const cache = new ScoreCache();
    cache.set(MODEL, "q", "p", 1);
    cache.clear();
    expect([cache.size, cache.get(MODEL, "q", "p")]).toEqual([0, undefined]);
  });
});
