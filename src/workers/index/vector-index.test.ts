import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ExactJsIndex } from "#core/index/exact-js.ts";
import type { DocumentId } from "#core/model.ts";
import { ExactWasmIndex } from "./exact-wasm.ts";
import { expectHits, vectorIndexConformance } from "./testing/conformance.ts";
import { randomRows, randomUnit } from "./testing/vectors.ts";
import { voyInNode } from "./testing/voy-in-node.ts";
import { VOY_LIMITS, VoyIndex, type NewTree } from "./voy-index.ts";

// Thousands of small indexes; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const voy = voyInNode(async (name) => Uint8Array.from(await readFile(`node_modules/voy-search/${name}`)));
const id = (name: string) => name as DocumentId;
const ones = (rows: number) => new Uint8Array(rows).fill(1);

vectorIndexConformance("exact, plain loop", () => new ExactJsIndex());
vectorIndexConformance("exact, WASM SIMD", () => new ExactWasmIndex());
vectorIndexConformance("voy", async () => new VoyIndex(new ExactWasmIndex(), await voy));

describe("ExactWasmIndex", () => {
  it("V8 scores of any documents in any order, after any removals, equal the oracle", () => {
    const add = fc.record({ rows: fc.oneof(fc.nat(30), fc.constantFrom(4095, 4096, 4097)), seed: fc.nat(99) });
    const setting = fc.record({
      adds: fc.array(add, { maxLength: 6 }),
      gone: fc.array(fc.nat(5)),
      asked: fc.array(fc.nat(7)),
    });
    fc.assert(
      fc.property(setting, fc.constantFrom(1, 16, 20), (now, dimension) => {
        const both = [new ExactWasmIndex(), new ExactJsIndex()] as const;
        for (const index of both) {
          now.adds.forEach(({ rows, seed }, d) =>
            index.add(id(`d${d}`), randomRows(rows, dimension, seed), ones(rows), dimension),
          );
          for (const d of now.gone) index.remove(id(`d${d}`));
        }
        const [wasm, oracle] = both;
        const query = randomUnit(oracle.dimension || dimension, 1);
        const documents = now.asked.map((d) => id(`d${d}`));
        const expected = oracle.scores(query, documents);
        const got = wasm.scores(query, documents);
        expect(got).toHaveLength(expected.length);
        expect(got.every((score, i) => Math.abs(score - expected[i]!) < 1e-5)).toBe(true);
        for (const document of oracle.documents()) {
          expect(wasm.rowsOf(document)).toBe(oracle.rowsOf(document));
          const last = { document, row: oracle.rowsOf(document) - 1 };
          if (last.row >= 0) expect(wasm.vector(last)).toEqual(oracle.vector(last));
        }
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });
});

/** Counts what the tree is asked, so that a test knows the answer did not come from the store. */
async function watched() {
  const real = await voy;
  const calls = { built: 0, added: 0, removed: 0, searched: 0, freed: 0 };
  const newTree: NewTree = () => {
    calls.built += 1;
    const tree = real();
    return {
      add: (items) => ((calls.added += items.embeddings.length), tree.add(items)),
      remove: (items) => ((calls.removed += items.embeddings.length), tree.remove(items)),
      search: (query, k) => ((calls.searched += 1), tree.search(query, k)),
      free: () => ((calls.freed += 1), tree.free()),
    };
  };
  return { calls, newTree };
}

/** A store that must not answer searches itself. */
class SilentStore extends ExactWasmIndex {
  override search(): never {
    throw new Error("the tree should have answered");
  }
}

const refusal = (reason: string) =>
  expect.objectContaining({ code: "INDEX_FAILED", facts: expect.objectContaining({ engine: "voy", reason }) });

describe("VoyIndex", () => {
  it("V9 builds at the first search, then follows adds and removals; the tree itself answers", async () => {
    const { calls, newTree } = await watched();
    const index = new VoyIndex(new SilentStore(), newTree);
    const oracle = new ExactJsIndex();
    const both = [index, oracle];
    for (const one of both) for (const d of [1, 2, 3]) one.add(id(`d${d}`), randomRows(400, 48, d), ones(400), 48);
    expect(calls.built).toBe(0);
    const query = randomUnit(48, 5);
    expectHits(index.search(query, 10, null), oracle, query, 10, null);
    expect(calls).toEqual({ built: 1, added: 1200, removed: 0, searched: 1, freed: 0 });
    for (const one of both) one.remove(id("d2"));
    for (const one of both) one.add(id("d4"), randomRows(300, 48, 4), ones(300), 48);
    for (let seed = 0; seed < 20; seed += 1) {
      const again = randomUnit(48, seed);
      expectHits(index.search(again, 25, null), oracle, again, 25, null);
      expectHits(index.search(again, 5, [id("d4"), id("d1")]), oracle, again, 5, [id("d4"), id("d1")]);
    }
    expect(calls).toMatchObject({ built: 1, added: 1500, removed: 400, freed: 0 });
    index.clear();
    expect(calls.freed).toBe(1);
  });

  it("V10 equal vectors are one point; it stays until its last row goes", async () => {
    const { calls, newTree } = await watched();
    const index = new VoyIndex(new ExactWasmIndex(), newTree);
    const one = randomUnit(16, 1);
    for (const name of ["a", "b"]) index.add(id(name), Float32Array.of(...one, ...one), ones(2), 16);
    expect(index.search(one, 9, null)).toHaveLength(4);
    expect(calls.added).toBe(1);
    index.remove(id("a"));
    expect(calls.removed).toBe(0);
    index.remove(id("b"));
    expect(calls.removed).toBe(1);
  });

  it("V11 a filter that leaves the tree short is answered by the store", async () => {
    const { calls, newTree } = await watched();
    const index = new VoyIndex(new ExactWasmIndex(), newTree);
    const oracle = new ExactJsIndex();
    const far = randomRows(1, 32, 3).map((value) => -value);
    for (const one of [index, oracle]) {
      one.add(id("big"), randomRows(3000, 32, 3), ones(3000), 32);
      one.add(id("small"), far, ones(1), 32);
    }
    const query = randomRows(1, 32, 3);
    expectHits(index.search(query, 3, [id("small")]), oracle, query, 3, [id("small")]);
    expect(calls.searched).toBe(1);
  });

  it("V12 refuses dimensions above 768 and more than 20,000 rows, and works again when they are gone", async () => {
    const index = new VoyIndex(new ExactWasmIndex(), await voy);
    index.add(id("a"), randomRows(2, 769, 1), ones(2), 769);
    expect(() => index.search(randomUnit(769, 1), 1, null)).toThrow(refusal("dimension"));
    index.clear();
    index.add(id("b"), randomRows(3, 4, 2), ones(3), 4);
    const most = VOY_LIMITS.rows;
    index.add(id("a"), randomRows(most, 4, 1), ones(most), 4);
    expect(() => index.search(randomUnit(4, 1), 1, null)).toThrow(refusal("rows"));
    index.remove(id("a"));
    expect(index.search(randomUnit(4, 1), 9, null)).toHaveLength(3);
  });

  it("V13 a real panic (more than 32 points equal on one axis) drops the tree; store and other trees go on; removing the cause heals", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const index = new VoyIndex(new ExactWasmIndex(), await voy);
    const flat = randomRows(50, 64, 8).map((value, i) => (i % 64 === 63 ? value : 0.1));
    index.add(id("fine"), randomRows(50, 64, 1), ones(50), 64);
    const query = randomUnit(64, 1);
    expect(index.search(query, 5, null)).toHaveLength(5);
    index.add(id("flat"), flat, ones(50), 64);
    expect(() => index.search(query, 5, null)).toThrow(refusal("crashed"));
    expect(() => index.search(query, 5, null)).toThrow(refusal("crashed"));
    expect(index.scoresOf(query, [{ document: id("flat"), row: 3 }])[0]).not.toBeNaN();
    index.remove(id("flat"));
    expect(index.search(query, 60, null)).toHaveLength(50);
  });
});
