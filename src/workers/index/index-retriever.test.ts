import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { ExactJsIndex } from "#core/index/exact-js.ts";
import { DEFAULT_SETTINGS, type Candidate, type ChunkId, type DocumentId, type RetrievalMode } from "#core/model.ts";
import type { RetrieveRequest } from "#core/ports.ts";
import { createExactIndex } from "./exact-wasm.ts";
import { IndexRetriever, type IndexedDocument } from "./index-retriever.ts";
import { randomRows, randomUnit } from "./testing/vectors.ts";
import { voyInNode } from "./testing/voy-in-node.ts";

vi.setConfig({ testTimeout: 60_000 });

const voy = voyInNode(async (name) => Uint8Array.from(await readFile(`node_modules/voy-search/${name}`)));
const id = (name: string) => name as DocumentId;
const never = new AbortController().signal;
const MODES: readonly RetrievalMode[] = ["dense", "keyword", "fused"];

function retriever(
  loadVoy = (): Promise<Awaited<typeof voy> | EngineError> => voy,
  newExact = createExactIndex,
): IndexRetriever {
  return new IndexRetriever({ newExact, loadVoy, pause: () => new Promise((resolve) => setImmediate(resolve)) });
}

function document(
  name: string,
  texts: readonly string[],
  seed: number,
  dimension = 16,
  unreadable: readonly number[] = [],
): IndexedDocument {
  const vectors = randomRows(texts.length, dimension, seed);
  for (const row of unreadable) vectors.fill(0, row * dimension, (row + 1) * dimension);
  return {
    id: id(name),
    chunks: texts.map((text, i) => ({ id: `${name}:${i}` as ChunkId, text })),
    vectors,
    readable: Uint8Array.from(texts, (_, row) => (unreadable.includes(row) ? 0 : 1)),
    dimension,
  };
}

const ask = (more: Partial<RetrieveRequest> = {}): RetrieveRequest => ({
  text: "red fox",
  vector: randomUnit(16, 1),
  mode: "fused",
  limit: DEFAULT_SETTINGS.pool,
  documents: null,
  engine: "exact",
  ...more,
});

const ids = (list: readonly Candidate[]) => list.map((candidate) => candidate.chunkId);

/** Every seventh chunk is about the query. */
const seventh = (from: number) => Array.from({ length: 300 }, (_, i) => ((from + i) % 7 === 0 ? "red fox" : "owl"));

describe("IndexRetriever", () => {
  it("P1 dense, keyword and fused over what was added; counts every searched chunk; replace, remove, clear", async () => {
    const index = retriever();
    await index.add(document("a", ["red fox", "dog"], 1));
    await index.add(document("b", ["fox", "cat", "bird"], 2));
    const dense = await index.retrieve(ask({ mode: "dense" }), never);
    expect(dense).toMatchObject({ searched: 5, engine: "exact", fallback: null });
    expect(dense.candidates.map((one) => one.dense?.rank)).toEqual([1, 2, 3, 4, 5]);
    const keyword = await index.retrieve(ask({ mode: "keyword" }), never);
    expect(ids(keyword.candidates)).toEqual(["a:0", "b:0"]);
    expect(keyword.candidates.every((one) => one.dense !== null && one.dense.rank !== null && one.fused !== null)).toBe(
      true,
    );
    await index.add(document("a", ["owl"], 3));
    expect(ids((await index.retrieve(ask({ mode: "keyword" }), never)).candidates)).toEqual(["b:0"]);
    await index.remove(id("b"));
    expect(await index.retrieve(ask(), never)).toMatchObject({ searched: 1 });
    await index.clear();
    expect(await index.retrieve(ask(), never)).toMatchObject({ searched: 0, candidates: [] });
  });

  it("P2 the filter is exact for every mode and engine", async () => {
    const index = retriever();
    for (const [d, name] of ["a", "b", "c"].entries()) await index.add(document(name, Array(40).fill("red fox"), d));
    for (const mode of MODES) {
      for (const engine of ["exact", "voy"] as const) {
        const got = await index.retrieve(
          ask({ mode, engine, documents: [id("c"), id("a"), id("zz")], limit: 200 }),
          never,
        );
        expect(got.searched).toBe(80);
        expect(got.candidates).toHaveLength(80);
        expect(new Set(got.candidates.map((one) => one.documentId))).toEqual(new Set(["a", "c"]));
      }
    }
  });

  it("P3 no vector, a vector of zeros or unreadable chunks: keywords still find them", async () => {
    const index = retriever();
    await index.add(document("a", ["무엇 검색", "fox"], 1, 16, [0]));
    for (const vector of [null, new Float32Array(16)]) {
      const got = await index.retrieve(ask({ text: "검색을", vector }), never);
      expect(ids(got.candidates)).toEqual(["a:0"]);
      expect(got.candidates[0]?.dense).toBeNull();
      expect((await index.retrieve(ask({ vector, mode: "dense" }), never)).candidates).toEqual([]);
    }
    expect(ids((await index.retrieve(ask({ mode: "dense" }), never)).candidates)).toEqual(["a:1"]);
  });

  it("P4 vectors of another dimension are never compared with the query, and their document is found by keyword", async () => {
    const index = retriever();
    await index.add(document("new", ["cat", "dog"], 1, 16));
    await index.add(document("old", ["red fox"], 2, 24));
    for (const engine of ["exact", "voy"] as const) {
      const got = await index.retrieve(ask({ engine }), never);
      expect(got).toMatchObject({ searched: 3, engine, fallback: null });
      expect(got.candidates.find((one) => one.chunkId === "old:0")).toMatchObject({
        dense: null,
        keyword: { rank: 1 },
      });
      expect((await index.retrieve(ask({ engine, mode: "dense" }), never)).candidates).toHaveLength(2);
    }
    await index.add(document("old", ["red fox"], 2, 16));
    expect((await index.retrieve(ask({ mode: "dense" }), never)).candidates).toHaveLength(3);
  });

  it("P5 voy gives the pool that exact gives; ranks it did not give are null", async () => {
    const index = retriever();
    for (const d of [0, 1]) await index.add(document(`d${d}`, seventh(d), d, 32));
    for (const mode of MODES) {
      const request = ask({ mode, vector: randomUnit(32, 9), limit: 200 });
      const exact = await index.retrieve(request, never);
      const tree = await index.retrieve({ ...request, engine: "voy" }, never);
      expect(tree).toMatchObject({ engine: "voy", fallback: null });
      expect(ids(tree.candidates)).toEqual(ids(exact.candidates));
      tree.candidates.forEach((one, i) => {
        const other = exact.candidates[i]!;
        expect(one.dense?.score).toBe(other.dense?.score);
        expect([other.dense!.rank, null]).toContain(one.dense?.rank);
        expect(one.dense?.rank === null).toBe(other.dense!.rank! > 200);
      });
    }
  });

  it("P6 voy that cannot load, refuses or breaks: exact answers, and the reason is told", async () => {
    const down = retriever(async () => new EngineError("INDEX_FAILED", "", { engine: "voy", reason: "load" }));
    await down.add(document("a", ["red fox", "dog"], 1));
    const exact = await down.retrieve(ask(), never);
    const said = await down.retrieve(ask({ engine: "voy" }), never);
    expect(said).toMatchObject({ engine: "exact", fallback: { code: "INDEX_FAILED", facts: { reason: "load" } } });
    expect(said.candidates).toEqual(exact.candidates);

    const index = retriever();
    vi.spyOn(console, "error").mockImplementation(() => {});
    const flat = document("s", Array(50).fill("red fox"), 8, 64);
    await index.add({ ...flat, vectors: flat.vectors.map((value, i) => (i % 64 === 63 ? value : 0.1)) });
    const broken = await index.retrieve(ask({ engine: "voy", vector: randomUnit(64, 1) }), never);
    expect(broken).toMatchObject({ engine: "exact", fallback: { code: "INDEX_FAILED", facts: { reason: "crashed" } } });
    expect(broken.candidates).toHaveLength(DEFAULT_SETTINGS.pool);
  });

  it("P7 changes happen one after the other, and a long document lets questions in between", async () => {
    const index = retriever();
    await index.add(document("a", ["red fox"], 1));
    const long = index.add(document("b", Array(1000).fill("red fox"), 2));
    const gone = index.remove(id("b"));
    expect(await index.retrieve(ask(), never)).toMatchObject({ searched: 1 });
    await Promise.all([long, gone]);
    expect(await index.retrieve(ask(), never)).toMatchObject({ searched: 1 });
  });

  it("P8 a document that does not fit leaves the library as it was, and the next one goes in", async () => {
    const index = retriever();
    await index.add(document("a", ["red fox"], 1));
    const damaged = { ...document("a", ["owl", "owl"], 1), vectors: new Float32Array(7) };
    await expect(index.add(damaged)).rejects.toMatchObject({ code: "MODEL_MISMATCH" });
    await expect(index.add({ ...damaged, readable: new Uint8Array(1) })).rejects.toMatchObject({ code: "UNEXPECTED" });
    expect(ids((await index.retrieve(ask(), never)).candidates)).toEqual(["a:0"]);
    await index.add(document("b", ["fox"], 1));
    expect(await index.retrieve(ask(), never)).toMatchObject({ searched: 2 });
  });

  it("P9 a signal that is aborted stops the question", async () => {
    await expect(retriever().retrieve(ask(), AbortSignal.abort())).rejects.toThrow();
  });

  it("P1 P2 P3 any library: WASM and the plain loop give the same pools, whatever the order of adding", async () => {
    const text = fc.constantFrom("red fox", "fox", "", "水位", "red red", "cat");
    const library = fc.array(
      fc.record({ texts: fc.array(text, { maxLength: 6 }), seed: fc.nat(3), blind: fc.boolean() }),
      { maxLength: 5 },
    );
    const request = fc.record({ mode: fc.constantFrom(...MODES), limit: fc.nat(12), seed: fc.nat(5), text });
    await fc.assert(
      fc.asyncProperty(library, request, async (documents, { seed, ...asked }) => {
        const list = documents.map(({ texts, blind, seed: own }, d) =>
          document(`d${d}`, texts, own, 16, blind ? [0] : []),
        );
        const fast = retriever();
        const slow = retriever(() => voy, () => new ExactJsIndex()); // prettier-ignore
        for (const one of list) await fast.add(one);
        for (const one of list.toReversed()) await slow.add(one);
        const answers = await Promise.all(
          [fast, slow].map((index) => index.retrieve(ask({ ...asked, vector: randomUnit(16, seed) }), never)),
        );
        const [a, b] = answers.map(({ candidates, searched }) => ({
          searched,
          list: candidates.map(({ dense, ...rest }) => ({
            ...rest,
            dense: dense && { rank: dense.rank, score: Math.round(dense.score * 1e4) },
          })),
        }));
        expect(a).toEqual(b);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});
