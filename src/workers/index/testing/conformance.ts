import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactJsIndex } from "#core/index/exact-js.ts";
import type { VectorHit, VectorIndex } from "#core/index/vector-index.ts";
import type { DocumentId } from "#core/model.ts";
import { randomUnit, randomRows } from "./vectors.ts";

const id = (name: string) => name as DocumentId;

/** Sums in another order differ in the last digits of float32. */
const TOLERANCE = 1e-5;

/** Same scores at every place, and every hit has the score that the oracle gives it: ties may only swap equals. */
export function expectHits(
  hits: readonly VectorHit[],
  oracle: ExactJsIndex,
  query: Float32Array,
  k: number,
  documents: readonly DocumentId[] | null,
): void {
  const expected = oracle.search(query, k, documents);
  expect(hits).toHaveLength(expected.length);
  const own = oracle.scoresOf(query, hits);
  hits.forEach((hit, i) => {
    expect(Math.abs(hit.score - expected[i]!.score)).toBeLessThan(TOLERANCE);
    expect(Math.abs(hit.score - own[i]!)).toBeLessThan(TOLERANCE);
    if (documents !== null) expect(documents).toContain(hit.document);
  });
  expect(new Set(hits.map((hit) => `${hit.document}/${hit.row}`)).size).toBe(hits.length);
  hits.slice(1).forEach((hit, i) => expect(hit.score).toBeLessThanOrEqual(hits[i]!.score));
}

type Make = () => VectorIndex | Promise<VectorIndex>;

/** An engine and the oracle with the same documents d0, d1, …. */
async function filled(make: Make, dimension: number, sizes: readonly number[], seed = 1) {
  const index = await make();
  const oracle = new ExactJsIndex();
  sizes.forEach((rows, d) => {
    const vectors = randomRows(rows, dimension, seed + d);
    for (const one of [index, oracle]) one.add(id(`d${d}`), vectors, new Uint8Array(rows).fill(1), dimension);
  });
  return { index, oracle };
}

/** What every engine behind `VectorIndex` must do (rules V1 to V8). `make` returns an empty index. */
export function vectorIndexConformance(engine: string, make: Make): void {
  describe(`VectorIndex ${engine}`, () => {
    it.each([1, 3, 16, 100, 384, 512, 768])("V1 the nearest by cosine, best first: dimension %i", async (dimension) => {
      const { index, oracle } = await filled(make, dimension, dimension === 1 ? [1] : [70, 5, 130]);
      for (let seed = 0; seed < 5; seed += 1) {
        const query = randomUnit(dimension, 900 + seed);
        for (const k of [1, 10, 40]) expectHits(index.search(query, k, null), oracle, query, k, null);
      }
      expect(index.size).toBe(oracle.size);
      expect(index.dimension).toBe(dimension);
    });

    it("V2 an empty index, k = 0, k below 0, k beyond all rows", async () => {
      const empty = await make();
      expect(empty.search(randomUnit(8, 1), 5, null)).toEqual([]);
      expect([empty.size, empty.dimension]).toEqual([0, 0]);
      const { index, oracle } = await filled(make, 8, [3, 4]);
      const query = randomUnit(8, 2);
      expect(index.search(query, 0, null)).toEqual([]);
      expect(index.search(query, -3, null)).toEqual([]);
      expectHits(index.search(query, 1000, null), oracle, query, 1000, null);
    });

    it("V3 the filter is exact: one, several, all, none, unknown, named twice", async () => {
      const { index, oracle } = await filled(make, 32, [200, 3, 50, 1]);
      const query = randomUnit(32, 3);
      for (const names of [
        ["d1"],
        ["d3"],
        ["d1", "d3"],
        ["d0", "d1", "d2", "d3"],
        [],
        ["nobody"],
        ["nobody", "d1"],
        ["d2", "d2"],
      ]) {
        const documents = names.map(id);
        for (const k of [1, 5, 300]) expectHits(index.search(query, k, documents), oracle, query, k, documents);
      }
    });

    it("V4 equal vectors, 33 and more, in one document and across documents: all found, in chunk order", async () => {
      const index = await make();
      const one = randomUnit(64, 7);
      const vectors = new Float32Array(33 * 64);
      for (let row = 0; row < 33; row += 1) vectors.set(one, row * 64);
      const ones = new Uint8Array(33).fill(1);
      for (const name of ["b", "a"]) index.add(id(name), vectors, ones, 64);
      index.add(id("c"), randomRows(40, 64, 9), new Uint8Array(40).fill(1), 64);
      const hits = index.search(one, 66, null);
      const places = ["a", "b"].flatMap((document) => Array.from({ length: 33 }, (_, row) => ({ document, row })));
      expect(hits.map(({ document, row }) => ({ document, row }))).toEqual(places);
      for (const hit of hits) expect(hit.score).toBeCloseTo(1, 5);
      index.remove(id("a"));
      expect(index.search(one, 33, null).every((hit) => hit.document === "b")).toBe(true);
      expect(index.search(one, 34, null)[33]?.document).toBe("c");
    });

    it("V4 33 vectors of zeros score 0", async () => {
      const index = await make();
      index.add(id("z"), new Float32Array(33 * 16), new Uint8Array(33).fill(1), 16);
      const hits = index.search(randomUnit(16, 1), 50, null);
      expect(hits.map((hit) => [hit.row, hit.score])).toEqual(Array.from({ length: 33 }, (_, row) => [row, 0]));
    });

    it("V5 unreadable rows are never found and have no score", async () => {
      const index = await make();
      const vectors = randomRows(10, 16, 4);
      vectors.fill(0, 16, 32);
      const readable = new Uint8Array(10).fill(1);
      readable[1] = 0;
      index.add(id("a"), vectors, readable, 16);
      index.add(id("b"), new Float32Array(32), new Uint8Array(2), 16);
      expect(index.size).toBe(9);
      const hits = index.search(randomUnit(16, 5), 20, null);
      expect(hits).toHaveLength(9);
      expect(hits.some((hit) => hit.document === "b" || hit.row === 1)).toBe(false);
      const refs = [["a", 0], ["a", 1], ["b", 0], ["a", 10], ["x", 0]] as const; // prettier-ignore
      const scores = index.scoresOf(randomUnit(16, 5), refs.map(([name, row]) => ({ document: id(name), row }))); // prettier-ignore
      expect(Array.from(scores, Number.isNaN)).toEqual([false, true, true, true, true]);
    });

    it("V6 another dimension, or vectors that do not fill their rows, are refused and change nothing", async () => {
      const { index, oracle } = await filled(make, 16, [5]);
      const refused = expect.objectContaining({ code: "MODEL_MISMATCH" });
      expect(() => index.add(id("d0"), randomRows(2, 8, 1), Uint8Array.of(1, 1), 8)).not.toThrow();
      index.add(id("d0"), randomRows(5, 16, 1), new Uint8Array(5).fill(1), 16);
      index.add(id("d1"), new Float32Array(0), new Uint8Array(0), 16);
      expect(() => index.add(id("d2"), randomRows(2, 8, 1), Uint8Array.of(1, 1), 8)).toThrow(refused);
      expect(() => index.add(id("d0"), new Float32Array(31), Uint8Array.of(1, 1), 16)).toThrow(refused);
      expect(() => index.search(randomUnit(8, 1), 3, null)).toThrow(refused);
      const query = randomUnit(16, 2);
      expectHits(index.search(query, 9, null), oracle, query, 9, null);
    });

    it("V7 the caller's array may change after add", async () => {
      const index = await make();
      const vectors = randomRows(2, 16, 1);
      const query = vectors.slice(0, 16);
      index.add(id("a"), vectors, Uint8Array.of(1, 1), 16);
      vectors.fill(9);
      expect(index.search(query, 1, null)[0]?.score).toBeCloseTo(1, 5);
    });

    it("V8 any sequence of add, replace, remove, clear, search and filter equals the oracle", async () => {
      const name = fc.constantFrom("a", "b", "c", "d", "e").map(id);
      const seed = fc.nat(6);
      const step = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            do: fc.constant("add" as const),
            name,
            seed,
            rows: fc.nat(50),
            unreadable: fc.nat(3),
          }),
        },
        { weight: 3, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const) }) },
        {
          weight: 8,
          arbitrary: fc.record({
            do: fc.constant("search" as const),
            seed,
            k: fc.nat(60),
            documents: fc.option(fc.uniqueArray(name)),
          }),
        },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.constantFrom(5, 48), async (steps, dimension) => {
          const index = await make();
          const oracle = new ExactJsIndex();
          for (const now of steps) {
            if (now.do === "search") {
              const query = randomUnit(dimension, 100 + now.seed);
              expectHits(index.search(query, now.k, now.documents), oracle, query, now.k, now.documents);
            } else {
              for (const one of [index, oracle]) {
                // A small seed makes equal vectors in different documents likely.
                if (now.do === "add")
                  one.add(
                    now.name,
                    randomRows(now.rows, dimension, now.seed),
                    everyNth(now.rows, now.unreadable),
                    dimension,
                  );
                else if (now.do === "remove") one.remove(now.name);
                else one.clear();
              }
            }
            expect(index.size).toBe(oracle.size);
          }
        }),
        { seed: 20261122, numRuns: 80 },
      );
    });
  });
}

/** Every n-th row unreadable, or none. */
function everyNth(rows: number, nth: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => (nth > 0 && row % (nth + 1) === 0 ? 0 : 1));
}
