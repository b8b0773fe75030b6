import { expect, test } from "vitest";
import { DEFAULTS } from "#core/chunk/settings.ts";
import type { DocumentId, StoredDocument } from "#core/model.ts";
import { pagesOfBlocks } from "#core/chunk/document.fixture.ts";
import { ChunkPreviewer } from "./chunk-preview.ts";
import { FakeEmbedder, FakeStore } from "./testing/fakes.ts";

const ID = "0".repeat(64) as DocumentId;
const SIGNAL = new AbortController().signal;

function setUp(): { store: FakeStore; embedder: FakeEmbedder; previewer: ChunkPreviewer } {
  const store = new FakeStore();
  const embedder = new FakeEmbedder();
  const pages = pagesOfBlocks([["paragraph", "alpha"]], [["paragraph", "beta"]]);
  store.documents.set(ID, { pages } as unknown as StoredDocument);
  return { store, embedder, previewer: new ChunkPreviewer({ store, embedder }) };
}

test("a preview shows the chunks of a stored document; nothing is embedded", async () => {
  const { embedder, previewer } = setUp();
  const seen = await previewer.preview(DEFAULTS.page, ID, SIGNAL);
  expect(seen?.chunks).toBe(2);
  expect(seen?.limit).toBe(510);
  expect(seen?.pages.map(({ cuts }) => cuts.map(({ ordinal }) => ordinal))).toEqual([[0], [1]]);
  expect(embedder.embedded).toEqual([]);
});

test("other settings of the same document do not read the store again; a document that is gone is null", async () => {
  const { store, previewer } = setUp();
  await previewer.preview(DEFAULTS.page, ID, SIGNAL);
  store.documents.clear();
  expect((await previewer.preview(DEFAULTS.structure, ID, SIGNAL))?.chunks).toBe(2);
  expect(await previewer.preview(DEFAULTS.page, "1".repeat(64) as DocumentId, SIGNAL)).toBeNull();
});

test("a preview that is no longer wanted does not reach the chunker", async () => {
  const { previewer, embedder } = setUp();
  const stop = new AbortController();
  embedder.chunk = () => expect.unreachable();
  stop.abort();
  await expect(previewer.preview(DEFAULTS.page, ID, stop.signal)).rejects.toThrow();
});
