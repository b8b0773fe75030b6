import { beforeEach, expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { TEXT_VERSION, type DocumentId, type StoredDocument } from "#core/model.ts";
import type { DocumentReader } from "#core/ports.ts";
import { ingest } from "./ingest.ts";
import { Library } from "./library.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { FakeEmbedder, fakeFiles, fakeReader, FRESH, FakeRetriever, FakeStore, STAMP } from "./testing/fakes.ts";

const SIGNAL = new AbortController().signal;
let embedder: FakeEmbedder;
let retriever: FakeRetriever;
let store: FakeStore;
let library: Library;

beforeEach(() => {
  embedder = new FakeEmbedder();
  retriever = new FakeRetriever();
  store = new FakeStore();
  library = new Library({ store, retriever, reader: fakeReader, embedder, files: fakeFiles() });
});

const read = (
  text: string,
  name = "a.pdf",
  signal: AbortSignal = SIGNAL,
  password: string | null = null,
): Promise<StoredDocument> =>
  ingest(
    { reader: fakeReader, embedder },
    new File([text], name),
    { ...FRESH, password, known: (id) => library.records.get(id) },
    signal,
    () => {},
  );

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "no error",
    (error: EngineError) => error.code,
  );

test("a file becomes a document whose identity is its content", async () => {
  const one = await read("alpha\fbeta", "one.pdf");
  const same = await read("alpha\fbeta", "other name.pdf");
  expect(one.record.id).toMatch(/^[0-9a-f]{64}$/);
  expect(same.record.id).toBe(one.record.id);
  expect(one.record).toMatchObject({
    name: "one.pdf",
    pageCount: 2,
    chunkCount: 2,
    state: "ready",
    vectorStamp: STAMP,
  });
});

test("after a start the documents are in the order in which they were added, whichever is read first", async () => {
  const names = ["one.pdf", "two.pdf", "three.pdf"];
  for (const name of names) await library.add([await read(name, name)]);
  const again = new Library({ store, retriever, reader: fakeReader, embedder, files: fakeFiles() });
  const searchable = store.searchable.bind(store);
  let wait = names.length;
  store.searchable = async (id) => {
    const turns = (wait -= 1);
    for (let turn = 0; turn < 10 * turns; turn++) await Promise.resolve();
    return searchable(id);
  };
  const shown: string[] = [];
  await again.open(({ name }) => shown.push(name));
  expect(shown).toEqual(names);
  expect([...again.records.values()].map(({ name }) => name)).toEqual(names);
});

test("the same content is not stored twice, whatever its name", async () => {
  await library.add([await read("alpha")]);
  expect(await code(read("alpha", "copy.pdf"))).toBe("FILE_DUPLICATE");
});

test("an empty file and a giant one are refused before they are read", async () => {
  expect(await code(read(""))).toBe("FILE_EMPTY");
  const giant = {
    name: "big.pdf",
    size: MAX_FILE_BYTES + 1,
    arrayBuffer: () => expect.unreachable(),
  } as unknown as File;
  expect(await code(ingest({ reader: fakeReader, embedder }, giant, FRESH, SIGNAL, () => {}))).toBe("FILE_TOO_LARGE");
});

test("progress that arrives after the reader's answer is not shown: the row would never end", async () => {
  for (const failure of [null, new EngineError("PDF_NO_TEXT")]) {
    const late: (() => void)[] = [];
    const reader: DocumentReader = {
      async read(bytes, signal, onProgress) {
        late.push(() => onProgress({ done: 2, of: 2 }));
        if (failure) throw failure;
        return fakeReader.read(bytes, signal, onProgress);
      },
    };
    const steps: string[] = [];
    const file = new File(["alpha"], "a.pdf");
    await ingest({ reader, embedder }, file, FRESH, SIGNAL, ({ step }) => steps.push(step)).catch(() => null);
    const before = [...steps];
    late.forEach((report) => report());
    expect(before).toContain("reading");
    expect(steps).toEqual(before);
  }
});

test("pages without text and pages in an unread language make a document partial, and say how many", async () => {
  const { record, readable } = await read("alpha\f\f?한국어");
  expect(record.state).toBe("partial");
  expect(record.warnings).toEqual([
    { kind: "pages-without-text", pages: 1, scanned: 0, of: 3 },
    { kind: "language-not-read", chunks: 1, of: 2 },
  ]);
  expect([...readable]).toEqual([1, 0]);
});

test("S1 a write that fails leaves neither a record nor an indexed chunk", async () => {
  store.failing = new EngineError("QUOTA_EXCEEDED");
  expect(await code(library.add([await read("alpha")]))).toBe("QUOTA_EXCEEDED");
  expect([library.records.size, library.chunks.size, retriever.documents.size]).toEqual([0, 0, 0]);
});

test("S1 a cancel while reading leaves nothing", async () => {
  const controller = new AbortController();
  controller.abort();
  expect(await code(read("alpha", "a.pdf", controller.signal))).not.toBe("no error");
  expect(library.records.size).toBe(0);
});

test("deleting a document reaches the store, the index and the texts", async () => {
  const [a, b] = [await read("alpha"), await read("beta", "b.pdf")];
  await library.add([a, b]);
  await library.remove(a.record.id);
  expect([...store.documents.keys()]).toEqual([b.record.id]);
  expect([...retriever.documents.keys()]).toEqual([b.record.id]);
  expect([...library.chunks.values()].map((chunk) => chunk.text)).toEqual(["beta"]);
});

test("a stored library opens searchable", async () => {
  await library.add([await read("alpha"), await read("beta")]);
  const again = new Library({
    store,
    retriever: new FakeRetriever(),
    reader: fakeReader,
    embedder,
    files: fakeFiles(),
  });
  const seen: DocumentId[] = [];
  expect(await again.open((record) => seen.push(record.id))).toEqual([]);
  expect(seen).toHaveLength(2);
  expect(again.chunkCount(null)).toBe(2);
});

test("S2 vectors of another model are not searched; the document comes back once it is embedded anew", async () => {
  await library.add([await read("alpha")]);
  embedder.stamp = { ...STAMP, revision: "2" };
  const next = new FakeRetriever();
  const again = new Library({ store, retriever: next, reader: fakeReader, embedder, files: fakeFiles() });
  const stale = await again.open(() => {});
  expect(stale).toHaveLength(1);
  expect(next.documents.size).toBe(0);
  const record = await again.reembed(stale[0]!.id, SIGNAL, () => {});
  expect(record?.vectorStamp.revision).toBe("2");
  expect(next.documents.size).toBe(1);
});

test("other chunk settings: documents stay searchable as they are until they are cut anew", async () => {
  const other = { strategy: "page", size: 300, overlap: 0 } as const;
  await library.add([await read("alpha")]);
  const stale = await library.rechunk(other);
  expect(stale.map(({ name }) => name)).toEqual(["a.pdf"]);
  expect([...retriever.dense]).toEqual([stale[0]!.id]);
  const record = await library.reembed(stale[0]!.id, SIGNAL, () => {});
  expect(record?.vectorStamp.chunking).toEqual(other);
  expect(await library.rechunk(other)).toEqual([]);
  // A file added now is cut the same way, and a new start with the settings finds nothing to do.
  const again = new Library(
    { store, retriever: new FakeRetriever(), reader: fakeReader, embedder, files: fakeFiles() },
    other,
  );
  expect(await again.open(() => {})).toEqual([]);
});

test("text read by older rules is read anew from the file, and searched meanwhile", async () => {
  const made = await read("alpha\fbeta");
  const old = { ...made, pages: made.pages.slice(0, 1), chunks: made.chunks.slice(0, 1) };
  const record = { ...made.record, textVersion: 1, pageCount: 1, chunkCount: 1 };
  await store.put([{ ...old, vectors: made.vectors.slice(0, 2), readable: Uint8Array.of(1), record }]);
  const next = new FakeRetriever();
  const again = new Library({ store, retriever: next, reader: fakeReader, embedder, files: fakeFiles() });
  const stale = await again.open(() => {});
  expect([stale.length, next.documents.size]).toEqual([1, 1]);
  const fresh = await again.reembed(record.id, SIGNAL, () => {});
  expect(fresh).toMatchObject({ textVersion: TEXT_VERSION, pageCount: 2, chunkCount: 2, addedAt: record.addedAt });
  expect(await again.rechunk(again.chunking)).toEqual([]);
});

test("a locked file whose password is gone keeps the text it has", async () => {
  const made = await read("locked:alpha", "a.pdf", SIGNAL, "foo");
  await store.put([{ ...made, record: { ...made.record, textVersion: 1 } }]);
  const again = new Library({
    store,
    retriever: new FakeRetriever(),
    reader: fakeReader,
    embedder,
    files: fakeFiles(),
  });
  expect(await again.open(() => {})).toHaveLength(1);
  expect(await again.reembed(made.record.id, SIGNAL, () => {})).toMatchObject({ textVersion: 1, chunkCount: 1 });
});

test("what OCR has read is not read anew", async () => {
  const made = await read("alpha");
  await store.put([{ ...made, record: { ...made.record, textVersion: 1, ocr: { pages: [0], languages: ["eng"] } } }]);
  const again = new Library({
    store,
    retriever: new FakeRetriever(),
    reader: fakeReader,
    embedder,
    files: fakeFiles(),
  });
  expect(await again.open(() => {})).toEqual([]);
});

test("S2 without an embedding model the library opens by keyword; its vectors come back with the model", async () => {
  await library.add([await read("alpha"), await read("beta")]);
  const next = new FakeRetriever();
  const again = new Library({ store, retriever: next, reader: fakeReader, embedder, files: fakeFiles() });
  embedder.failing = new EngineError("MODEL_CORRUPT");
  expect(await again.open(() => {})).toEqual([]);
  expect([again.records.size, next.documents.size, next.dense.size]).toEqual([2, 2, 0]);
  expect(await code(again.meetModel())).toBe("MODEL_CORRUPT");
  embedder.failing = null;
  await again.meetModel();
  expect([next.documents.size, next.dense.size]).toEqual([2, 2]);
});

test("S2 a document of another model, put by another tab, is found by keyword only", async () => {
  await library.add([await read("alpha")]);
  embedder.stamp = { ...STAMP, revision: "2" };
  const { record } = await read("beta");
  const other = new Library({
    store,
    retriever: new FakeRetriever(),
    reader: fakeReader,
    embedder,
    files: fakeFiles(),
  });
  await other.add([await read("beta")]);
  await library.follow({ kind: "put", ids: [record.id] });
  expect(retriever.documents.has(record.id)).toBe(true);
  expect([...retriever.dense]).not.toContain(record.id);
});

test("S1 a stored document is in the library though the index could not take it; the next question fills it", async () => {
  retriever.failing = new EngineError("WORKER_CRASHED");
  await library.add([await read("alpha")]);
  expect([library.records.size, library.chunkCount(null), store.documents.size]).toEqual([1, 1, 1]);
  // A question waits for this: part of the library must not pass for the whole.
  expect(await code(library.reindex())).toBe("WORKER_CRASHED");
  retriever.failing = null;
  await library.reindex();
  expect(retriever.documents.size).toBe(1);
});

test("S2 an imported file of another model is embedded anew, and a failure half way adds nothing", async () => {
  await library.add([await read("alpha"), await read("beta")]);
  await library.exportFile({ pool: 30 }, SIGNAL, () => {});
  await library.clear();
  embedder.stamp = { ...STAMP, revision: "2" };
  embedder.failing = new EngineError("WORKER_CRASHED");
  expect(await code(library.importFile(new Blob([]), SIGNAL, () => {}))).toBe("WORKER_CRASHED");
  expect([library.records.size, store.documents.size]).toEqual([0, 0]);
  embedder.failing = null;
  const made = await library.importFile(new Blob([]), SIGNAL, () => {});
  expect(made).toMatchObject({ reembedded: 2, settings: { pool: 30 } });
  expect([...store.documents.values()].map(({ record }) => record.vectorStamp.revision)).toEqual(["2", "2"]);
});
