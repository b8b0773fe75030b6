import { expect, test } from "vitest";
import type { Chunk, Page, StoredDocument } from "#core/model.ts";
import { packChunks, unpackChunks } from "./chunk-columns.ts";
import { documentFault } from "./document-fault.ts";
import { fixtureDocument } from "./fixture.ts";

const document = await fixtureDocument(1, { pages: 3, chunks: 4, dimension: 5, fileBytes: 64 });

function withChunk(at: number, change: Partial<Chunk>): StoredDocument {
  return { ...document, chunks: document.chunks.map((chunk, i) => (i === at ? { ...chunk, ...change } : chunk)) };
}

function withPage(change: Partial<Page>): StoredDocument {
  return { ...document, pages: document.pages.map((page) => ({ ...page, ...change })) };
}

function withVector(value: number): StoredDocument {
  const vectors = document.vectors.slice();
  vectors[6] = value;
  return { ...document, vectors };
}

test("D1 documents of the fixture have no fault, and their chunks survive packing", async () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const made = await fixtureDocument(seed, {
      pages: 1 + (seed % 4),
      chunks: seed % 6,
      dimension: 3,
      fileBytes: seed,
    });
    expect(documentFault(made)).toBeNull();
    expect(unpackChunks(made.record.id, packChunks(made.chunks))).toEqual(made.chunks);
  }
});

test.each<[string, StoredDocument]>([
  ["file size", { ...document, file: new Blob(["x"]) }],
  ["page count", { ...document, pages: document.pages.slice(1) }],
  ["page order", { ...document, pages: document.pages.toReversed() }],
  ["page labels", { ...document, record: { ...document.record, pageLabels: [] } }],
  ["page size", { ...document, pages: document.pages.map((page) => ({ ...page, width: Number.NaN })) }],
  [
    "runs outside the text",
    {
      ...document,
      pages: document.pages.map((page) => ({
        ...page,
        runs: {
          ...page.runs,
          starts: page.runs.starts.map(() => 0),
          ends: page.runs.ends.map(() => page.text.length + 1),
        },
      })),
    },
  ],
  ["columns of runs", withPage({ runs: { ...document.pages[0]!.runs, frames: new Float32Array(5) } })],
  ["body outside the text", withPage({ bodyEnd: 1e6 })],
  ["edges", withPage({ edges: new Uint16Array(1) })],
  ["columns of blocks", withPage({ blocks: { ...document.pages[0]!.blocks, levels: new Uint8Array(2) } })],
  ["chunk count", { ...document, chunks: document.chunks.slice(1) }],
  ["chunk text (C1)", withChunk(1, { text: `${document.chunks[1]!.text}x` })],
  ["chunk range (C1)", withChunk(1, { end: 1e6 })],
  ["chunk id", withChunk(2, { id: document.chunks[0]!.id })],
  ["chunk of another document", withChunk(2, { documentId: "f".repeat(64) as Chunk["documentId"] })],
  ["chunk page", withChunk(3, { lastPage: 3 })],
  ["chunk tokens", withChunk(3, { tokens: -1 })],
  ["vector length", { ...document, vectors: document.vectors.slice(1) }],
  ["vector not a number", withVector(Number.NaN)],
  ["vector longer than 1", withVector(1.5)],
  ["readable length", { ...document, readable: new Uint8Array(3) }],
  ["readable flag", { ...document, readable: Uint8Array.of(1, 2, 0, 1) }],
])("D1 a fault is found: %s", (_, faulty) => {
  expect(documentFault(faulty)).not.toBeNull();
});
