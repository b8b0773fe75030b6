import { expect, test } from "vitest";
import { chunkPages } from "#core/chunk/chunk.ts";
import { passageText } from "#core/chunk/passage.ts";
import { DEFAULTS } from "#core/chunk/settings.ts";
import { countWordPieces } from "#core/chunk/word-piece.fixture.ts";
import { pagesOfBlocks, sentences } from "#core/chunk/document.fixture.ts";
import type { Chunk, ChunkSettings, DocumentId, Page, SearchableDocument, VectorStamp } from "#core/model.ts";
import { prepare } from "./prepare.ts";
import { FakeEmbedder, STAMP } from "./testing/fakes.ts";

const ID = "0".repeat(64) as DocumentId;
const SIGNAL = new AbortController().signal;
const PAGES = pagesOfBlocks([
  [1, "Stone"],
  ["paragraph", sentences(10, "rock")],
  [1, "Wood"],
  ["paragraph", sentences(90, "oak")],
]);

/** The real chunker; a vector is made of its text, so that a wrong row shows. */
class ChunkingEmbedder extends FakeEmbedder {
  override async chunk(id: DocumentId, pages: readonly Page[], settings?: ChunkSettings): Promise<Chunk[]> {
    return chunkPages(id, pages, settings ?? DEFAULTS.structure, countWordPieces);
  }
  override async embed(...args: Parameters<FakeEmbedder["embed"]>): ReturnType<FakeEmbedder["embed"]> {
    const { unknown } = await super.embed(...args);
    return { vectors: Float32Array.from(args[0].flatMap(vectorOf)), unknown };
  }
}

function vectorOf(text: string): [number, number] {
  return [text.length / 8192, text.charCodeAt(text.length >> 1) / 8192];
}

async function stored(stamp: VectorStamp, chunking = DEFAULTS.structure): Promise<SearchableDocument> {
  const embedder = new ChunkingEmbedder();
  embedder.stamp = stamp;
  const { vectorStamp, ...made } = await prepare(embedder, ID, PAGES, chunking, null, SIGNAL, () => {});
  return { ...made, record: { id: ID, vectorStamp } as SearchableDocument["record"] };
}

async function again(previous: SearchableDocument, stamp: VectorStamp, chunking = DEFAULTS.structure) {
  const embedder = new ChunkingEmbedder();
  embedder.stamp = stamp;
  const steps: number[] = [];
  const made = await prepare(embedder, ID, PAGES, chunking, previous, SIGNAL, ({ done }) => steps.push(done));
  const expected = made.chunks.flatMap((chunk) => vectorOf(passageText(chunk)));
  expect([...made.vectors]).toEqual(expected);
  expect([...made.readable]).toEqual(made.chunks.map(() => 1));
  expect(steps.at(-1)).toBe(made.chunks.length);
  return { embedded: embedder.embedded, chunks: made.chunks };
}

test("E1 what is embedded is the passage: the headings and the text", async () => {
  const embedder = new ChunkingEmbedder();
  await prepare(embedder, ID, PAGES, DEFAULTS.structure, null, SIGNAL, () => {});
  expect(embedder.embedded.at(-1)?.startsWith("Wood\nThe oak")).toBe(true);
});

test("E2 a newer chunker that cuts the same text embeds nothing", async () => {
  const { embedded, chunks } = await again(await stored(STAMP), { ...STAMP, chunker: STAMP.chunker + 1 });
  expect([chunks.length > 2, embedded]).toEqual([true, []]);
});

test("E3 another overlap embeds only the passages that became others", async () => {
  const before = await stored(STAMP);
  const { embedded, chunks } = await again(before, STAMP, { ...DEFAULTS.structure, overlap: 8 });
  const known = new Set(before.chunks.map(passageText));
  expect(embedded).toEqual(chunks.map(passageText).filter((passage) => !known.has(passage)));
  expect(embedded.length).toBeGreaterThan(0);
  expect(embedded.length).toBeLessThan(chunks.length);
});

test("E4 nothing is taken from another model, revision, dtype, prefix or dimension", async () => {
  const before = await stored(STAMP);
  for (const other of [
    { model: "other" },
    { revision: "2" },
    { dtype: "q8" as const },
    { passagePrefix: "passage: " },
  ]) {
    const { embedded, chunks } = await again(before, { ...STAMP, ...other });
    expect(embedded).toHaveLength(chunks.length);
  }
  const wide = { ...before, record: { ...before.record, vectorStamp: { ...STAMP, dimension: 3 } } };
  expect((await again(wide, STAMP)).embedded.length).toBeGreaterThan(0);
});

test("E5 a chunk that no model could read stays unread without being embedded again", async () => {
  const before = await stored(STAMP);
  const unread = { ...before, readable: new Uint8Array(before.readable.length) };
  const embedder = new ChunkingEmbedder();
  const made = await prepare(embedder, ID, PAGES, DEFAULTS.structure, unread, SIGNAL, () => {});
  expect([embedder.embedded, [...made.readable]]).toEqual([[], [...unread.readable]]);
});
