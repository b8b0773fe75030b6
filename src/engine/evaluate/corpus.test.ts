import { beforeEach, expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { CorpusDocument } from "#core/evaluate/formats/imported.ts";
import type { StoredDocument } from "#core/model.ts";
import { Library } from "../library.ts";
import { documentIdOf } from "../hash.ts";
import { FakeEmbedder, fakeFiles, fakeReader, FakeRetriever, FakeStore } from "../testing/fakes.ts";
import { importCorpus, type CorpusProgress } from "./corpus.ts";

const NEVER = AbortSignal.any([]);

let embedder: FakeEmbedder;
let store: FakeStore;
let library: Library;
let read: number;
let puts: number[];
/** Documents that fit on the disk. */
let room: number;

class CountingStore extends FakeStore {
  override async put(documents: readonly StoredDocument[]): Promise<void> {
    if (this.documents.size + documents.length > room) throw new EngineError("QUOTA_EXCEEDED");
    puts.push(documents.length);
    await super.put(documents);
  }
}

beforeEach(() => {
  embedder = new FakeEmbedder();
  puts = [];
  store = new CountingStore();
  const retriever = new FakeRetriever();
  library = new Library({ store, retriever, reader: fakeReader, embedder, files: fakeFiles() });
  read = 0;
  room = 1_000;
});

async function* corpus(documents: readonly CorpusDocument[]): AsyncGenerator<CorpusDocument> {
  for (const document of documents) {
    read += 1;
    yield document;
  }
}

const made = (count: number, from = 0): CorpusDocument[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `d${from + i}`,
    title: `Title ${from + i}`,
    text: `Text ${from + i}.`,
  }));

async function bring(
  documents: readonly CorpusDocument[],
  signal: AbortSignal = NEVER,
  onProgress: (progress: CorpusProgress) => void = () => {},
): Promise<CorpusProgress> {
  return importCorpus({ library, embedder }, corpus(documents), documents.length, signal, onProgress);
}

test("W1 a document is a text under its corpus id, with its title as heading; its id is its file's hash", async () => {
  expect(await bring([{ id: "doc/1", title: "A  ﬁne title", text: "First line.\r\nSecond." }])).toEqual({
    done: 1,
    of: 1,
    added: 1,
    known: 0,
    empty: 0,
  });
  const [document] = store.documents.values();
  const { record, pages, file } = document!;
  expect(record).toMatchObject({ name: "doc/1", format: "text", pageCount: 1, chunkCount: 1, state: "ready" });
  expect(pages[0]!.text).toBe("A  fine title\nFirst line.\nSecond.");
  expect([...pages[0]!.blocks.kinds]).toEqual([1, 0, 0]);
  expect(record.id).toBe(await documentIdOf(await file.arrayBuffer()));
  expect(library.records.get(record.id)).toEqual(record);
});

test("W2 documents without a title or without a text are read, without both counted", async () => {
  const documents = [
    { id: "a", title: "", text: "Only text." },
    { id: "b", title: "Only title", text: " " },
    { id: "c", title: " ", text: "\n" },
  ];
  expect(await bring(documents)).toMatchObject({ added: 2, empty: 1 });
  const texts = [...store.documents.values()].map(({ pages }) => [pages[0]!.text, pages[0]!.blocks.kinds[0]]);
  expect(texts).toEqual([
    ["Only text.", 0],
    ["Only title", 0],
  ]);
});

test("W3 the same text under several ids is several documents, in one group and over groups, and again known", async () => {
  const twins = (name: string): CorpusDocument => ({ id: name, title: "", text: "The same." });
  const documents = [twins("a"), twins("b"), ...made(60), twins("c")];
  expect(await bring(documents)).toMatchObject({ added: 63, known: 0 });
  expect(new Set([...store.documents.values()].map(({ record }) => record.name)).size).toBe(63);
  expect(await bring(documents)).toMatchObject({ added: 0, known: 63 });
});

test("W4 one transaction for fifty documents, and embedding reaches over documents", async () => {
  await bring(made(120));
  expect(puts).toEqual([50, 50, 20]);
  expect(embedder.embedded).toHaveLength(120);
  const [first] = store.documents.values();
  expect(first!.vectors).toHaveLength(2);
});

test("W5 a stop keeps whole groups, and the next import pays for the rest only", async () => {
  const stop = new AbortController();
  const stopped = bring(made(200), stop.signal, ({ added }) => {
    if (added >= 100) stop.abort();
  });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  const before = store.documents.size;
  expect(before).toBeGreaterThanOrEqual(100);
  expect(before).toBeLessThan(200);
  embedder.embedded = [];
  expect(await bring(made(200))).toMatchObject({ added: 200 - before, known: before });
  expect(embedder.embedded).toHaveLength(200 - before);
});

test("W6 the corpus is read no further ahead than two groups", async () => {
  const ahead: number[] = [];
  await bring(made(400), NEVER, ({ added }) => ahead.push(read - added));
  expect(Math.max(...ahead)).toBeLessThanOrEqual(100);
});

test("W7 a full disk is an error, and what was stored stays", async () => {
  room = 70;
  await expect(bring(made(120))).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
  expect(library.records.size).toBe(50);
});
