import { expect, test } from "vitest";
import { ExactJsIndex } from "#core/index/exact-js.ts";
import type { Chunk, ChunkId, DocumentId } from "#core/model.ts";
import { ExactWasmIndex, createExactIndex } from "./exact-wasm.ts";
import { indexClient } from "./index.client.ts";
import { loadVoy } from "./load-voy.ts";
import { vectorIndexConformance } from "./testing/conformance.ts";
import { randomRows, randomUnit } from "./testing/vectors.ts";
import { VoyIndex, type NewTree } from "./voy-index.ts";

vectorIndexConformance("exact, plain loop", () => new ExactJsIndex());
vectorIndexConformance("exact, WASM SIMD", () => new ExactWasmIndex());
vectorIndexConformance("voy", async () => new VoyIndex(new ExactWasmIndex(), (await loadVoy()) as NewTree));

test("V14 Chromium gets the SIMD engine", () => expect(createExactIndex()).toBeInstanceOf(ExactWasmIndex));

test("P1 P5 the worker answers through its client with both engines, and the caller keeps its vectors", async () => {
  const client = indexClient();
  const id = "d" as DocumentId;
  const chunks: Chunk[] = Array.from({ length: 100 }, (_, ordinal) => ({
    id: `d:${ordinal}` as ChunkId,
    documentId: id,
    ordinal,
    start: 0,
    end: 7,
    firstPage: 0,
    lastPage: 0,
    headings: [],
    text: ordinal % 5 === 0 ? "red fox" : "owl",
    tokens: 2,
  }));
  const vectors = randomRows(100, 64, 1);
  await client.add({ id, chunks, vectors, readable: new Uint8Array(100).fill(1), dimension: 64 });
  expect(vectors.byteLength).toBe(100 * 64 * 4);
  const request = { text: "fox", vector: randomUnit(64, 2), mode: "fused", limit: 30, documents: null } as const;
  const signal = new AbortController().signal;
  const exact = await client.retrieve({ ...request, engine: "exact" }, signal);
  expect(exact).toMatchObject({ searched: 100, engine: "exact", fallback: null });
  expect(exact.candidates).toHaveLength(30);
  const voy = await client.retrieve({ ...request, engine: "voy" }, signal);
  expect(voy).toMatchObject({ searched: 100, engine: "voy", fallback: null });
  expect(voy.candidates).toEqual(exact.candidates);
  await client.remove(id);
  expect(await client.retrieve({ ...request, engine: "voy" }, signal)).toMatchObject({ searched: 0, candidates: [] });
  await client.clear();
});
