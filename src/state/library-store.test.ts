import { beforeEach, expect, test, vi } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentId } from "#core/model.ts";
import { draw } from "#core/page/drawing.fixture.ts";
import type { OcrPorts } from "#engine/ocr.ts";
import { Library } from "#engine/library.ts";
import { FakeEmbedder, fakeFiles, fakeReader, FakeReranker, FakeRetriever, FakeStore } from "#engine/testing/fakes.ts";
import { ONE_LIBRARY } from "./libraries.fixture.ts";
import { createLibraryStore, type LibraryStore, type LibraryStorePorts } from "./library-store.ts";

/** A store whose next write waits until the test lets it go. */
class SlowStore extends FakeStore {
  writing: Promise<void> = Promise.resolve();
  go: () => void = () => {};
  #begin: () => void = () => {};
  #gate: Promise<void> | null = null;

  hold(): void {
    this.writing = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#gate = new Promise((resolve) => {
      this.go = resolve;
    });
  }

  override async put(documents: Parameters<FakeStore["put"]>[0]): Promise<void> {
    this.#begin();
    await this.#gate;
    await super.put(documents);
  }
}

let store: SlowStore;
let retriever: FakeRetriever;
let view: LibraryStore;
let library: Library;
let embedder: FakeEmbedder;
/** One language, and pictures that all say the same; the files of these tests are drawn as one picture a page. */
const ocr: OcrPorts = {
  renderer: {
    async render(_, { pages }, __, onImage) {
      for (const index of pages) await onImage({ index, image: new Blob([]), width: 100, height: 100 } as never);
    },
  },
  ocr: {
    languages: async () => [{ code: "eng", origin: "site", bytes: 1 }],
    addLanguage: async () => ({ code: "deu", origin: "file", bytes: 1 }),
    removeLanguage: async () => {},
    release: () => {},
    recognise: async () => ({
      label: null,
      width: 100,
      height: 100,
      rotation: 0,
      runs: draw("0,50 10 | recognised words"),
      imageShare: 1,
    }),
  },
};
let ports: LibraryStorePorts;
let imported: unknown[];
let saved: unknown[];
let passwords: Map<DocumentId, string>;

beforeEach(async () => {
  store = new SlowStore();
  retriever = new FakeRetriever();
  embedder = new FakeEmbedder();
  imported = [];
  saved = [];
  passwords = new Map();
  const reranker = new FakeReranker();
  library = new Library({ store, retriever, reader: fakeReader, embedder, files: fakeFiles() });
  ports = {
    library,
    store,
    reader: fakeReader,
    passwords,
    ocr,
    ocrLanguages: { saved: null, save: () => {} },
    saveChunking: (settings) => saved.push(settings),
    embedder,
    reranker,
    samples: async () => ({ files: [], questions: [] }),
    machine: { isolated: true, gpu: "none", threads: 1 },
    onRemoved: () => {},
    settings: () => null,
    applyUpdate: () => {},
    libraries: ONE_LIBRARY,
    onSettings: (settings) => imported.push(settings),
  };
  view = createLibraryStore(ports);
  await view.open();
});

const file = (text: string, name: string): File => new File([text], name);
const rest = (): Promise<void> => vi.waitFor(() => expect(view.getState().app).toBe("ready"));

test("S1 a file cancelled while it is being written is gone from the list, the store and the index", async () => {
  store.hold();
  view.getState().addFiles([file("alpha", "a.pdf")]);
  await store.writing;
  view.getState().cancel(view.getState().items[0]!.key);
  store.go();
  await rest();
  expect([view.getState().items.length, store.documents.size, retriever.documents.size]).toEqual([0, 0, 0]);
});

test("S1 nothing comes back after everything was deleted while a file was being written", async () => {
  view.getState().addFiles([file("alpha", "a.pdf")]);
  await rest();
  store.hold();
  view.getState().addFiles([file("beta", "b.pdf"), file("gamma", "c.pdf")]);
  await store.writing;
  const cleared = view.getState().clear();
  store.go();
  await cleared;
  await rest();
  expect([view.getState().items.length, store.documents.size, retriever.documents.size]).toEqual([0, 0, 0]);
});

test("a file that fails takes its own row only", async () => {
  view.getState().addFiles([file("alpha", "a.pdf"), file("", "empty.pdf"), file("beta", "b.pdf")]);
  await rest();
  const rows = view.getState().items.map(({ state, error }) => [state, error?.code ?? null]);
  expect(rows).toEqual([
    ["ready", null],
    ["failed", "FILE_EMPTY"],
    ["ready", null],
  ]);
});

test("S1 an import that is being written when everything is deleted leaves nothing", async () => {
  view.getState().addFiles([file("alpha", "a.pdf"), file("beta", "b.pdf")]);
  await rest();
  await view.getState().exportLibrary();
  await view.getState().clear();
  store.hold();
  const importing = view.getState().importLibrary(file("library", "l.secondlook"));
  await store.writing;
  const cleared = view.getState().clear();
  store.go();
  await Promise.all([importing, cleared]);
  expect([view.getState().items.length, store.documents.size, library.records.size]).toEqual([0, 0, 0]);
});

test("an imported library is listed, and its settings are handed on", async () => {
  view.getState().addFiles([file("alpha", "a.pdf")]);
  await rest();
  await view.getState().exportLibrary();
  await view.getState().clear();
  await view.getState().importLibrary(file("library", "l.secondlook"));
  expect(view.getState().items.map(({ name, state }) => [name, state])).toEqual([["a.pdf", "ready"]]);
  expect(imported).toEqual([null]);
  expect(view.getState().notices).toMatchObject([{ kind: "imported", documents: 1, reembedded: 0 }]);
});

test("S2 a document of another model is listed while it waits, can be removed, and does not come back", async () => {
  view.getState().addFiles([file("alpha", "a.pdf"), file("beta", "b.pdf")]);
  await rest();
  embedder.stamp = { ...embedder.stamp, revision: "2" };
  const again = createLibraryStore({
    library: new Library({ store, retriever: new FakeRetriever(), reader: fakeReader, embedder, files: fakeFiles() }),
    store,
    reader: fakeReader,
    passwords: new Map(),
    ocr,
    ocrLanguages: { saved: null, save: () => {} },
    saveChunking: () => {},
    embedder,
    reranker: new FakeReranker(),
    samples: async () => ({ files: [], questions: [] }),
    machine: { isolated: true, gpu: "none", threads: 1 },
    onRemoved: () => {},
    settings: () => null,
    applyUpdate: () => {},
    libraries: ONE_LIBRARY,
    onSettings: () => {},
  });
  await again.open();
  const [first, second] = again.getState().items;
  expect(second?.record).not.toBeNull();
  await again.getState().remove(second!.id!);
  await vi.waitFor(() => expect(again.getState().app).toBe("ready"));
  expect([...store.documents.keys()]).toEqual([first!.id]);
  expect(again.getState().items.map(({ state, record }) => [state, record?.vectorStamp.revision])).toEqual([
    ["ready", "2"],
  ]);
});

test("the index refuses one document: its row says why, the others answer", async () => {
  const add = retriever.add.bind(retriever);
  retriever.add = async (document) => {
    if (document.chunks.some(({ text }) => text.includes("huge"))) throw new EngineError("OUT_OF_MEMORY");
    await add(document);
  };
  view.getState().addFiles([file("alpha", "a.pdf"), file("huge", "b.pdf")]);
  await rest();
  expect(view.getState().items.map(({ state, error }) => [state, error?.code ?? null])).toEqual([
    ["ready", null],
    ["failed", "OUT_OF_MEMORY"],
  ]);
  expect(library.chunkCount(null)).toBe(1);
});

test("a document that cannot be read from the store takes its own row only", async () => {
  view.getState().addFiles([file("alpha", "a.pdf"), file("beta", "b.pdf")]);
  await rest();
  const [good, bad] = [...store.documents.keys()];
  const searchable = store.searchable.bind(store);
  store.searchable = async (id) => {
    if (id === bad) throw new EngineError("STORE_BROKEN");
    return searchable(id);
  };
  const shown: [string, string | null][] = [];
  const again = new Library({
    store,
    retriever: new FakeRetriever(),
    reader: fakeReader,
    embedder,
    files: fakeFiles(),
  });
  await again.open(({ id }, error) => shown.push([id, error?.code ?? null]));
  expect(shown).toEqual([
    [good, null],
    [bad, "STORE_BROKEN"],
  ]);
});

test("a locked file fails with the way to open it; a wrong password is said, the right one is kept for the session", async () => {
  view.getState().addFiles([file("locked:alpha", "a.pdf"), file("beta", "b.pdf")]);
  await rest();
  const [row] = view.getState().items;
  expect(view.getState().items.map(({ state }) => state)).toEqual(["failed", "ready"]);
  expect(row?.error).toMatchObject({ code: "PDF_ENCRYPTED", facts: { name: "a.pdf", wrongPassword: false } });
  view.getState().retry(row!.key, "bar");
  await rest();
  expect(view.getState().items[0]?.error?.facts).toMatchObject({ wrongPassword: true });
  expect(passwords.size).toBe(0);
  view.getState().retry(row!.key, "foo");
  await rest();
  const opened = view.getState().items[0];
  expect(opened).toMatchObject({ state: "ready", error: null });
  expect([...passwords]).toEqual([[opened?.id, "foo"]]);
  // The row is a document now: there is nothing left to try again.
  view.getState().retry(row!.key, "foo");
  expect(view.getState().items[0]?.state).toBe("ready");
});

test("a dismissed row cannot be tried again", async () => {
  view.getState().addFiles([file("locked:alpha", "a.pdf")]);
  await rest();
  const { key } = view.getState().items[0]!;
  view.getState().dismiss(key);
  view.getState().retry(key, "foo");
  await rest();
  expect(view.getState().items).toEqual([]);
});

test("new chunk settings are kept and every document is cut anew; cancelled, it stays as it was", async () => {
  view.getState().addFiles([file("alpha", "a.pdf"), file("beta", "b.pdf")]);
  await rest();
  const settings = { strategy: "page", size: 300, overlap: 0 } as const;
  await view.getState().setChunking(settings);
  view.getState().cancel(view.getState().items[1]!.key);
  await rest();
  expect(saved).toEqual([settings]);
  expect(view.getState().chunking).toEqual(settings);
  expect(view.getState().items.map(({ state, error }) => [state, error])).toEqual([
    ["ready", null],
    ["ready", null],
  ]);
  expect(view.getState().items.map(({ record }) => record?.vectorStamp.chunking.strategy)).toEqual([
    "page",
    "structure",
  ]);
});

test("a scan is read by OCR when it is asked for, and the record says so", async () => {
  view.getState().addFiles([file("", "blank.pdf"), file("\f", "scan.pdf")]);
  await rest();
  const row = view.getState().items[1]!;
  expect(row).toMatchObject({ state: "failed", error: { code: "PDF_NO_TEXT" } });
  view.getState().listOcrLanguages();
  await vi.waitFor(() => expect(view.getState().ocr.chosen).toEqual(["eng"]));
  view.getState().readByOcr(row.key);
  await rest();
  expect(view.getState().items[1]?.record).toMatchObject({ ocr: { pages: [0, 1], languages: ["eng"] }, pageCount: 2 });
});

test("B4 deleting the open library deletes it before the person's own is opened; a failure leaves it open and is said", async () => {
  const did: string[] = [];
  let broken = false;
  const libraries = {
    current: "scifact",
    list: async () => ["scifact"],
    open: (name: string | null) => void did.push(`open ${name}`),
    delete: async (name: string) => {
      if (broken) throw new EngineError("STORE_BLOCKED", "", { reason: "open elsewhere" });
      did.push(`delete ${name}`);
    },
  };
  const named = createLibraryStore({ ...ports, libraries });
  await named.getState().listLibraries();
  expect(named.getState().libraries).toEqual({ current: "scifact", named: ["scifact"] });
  broken = true;
  await named.getState().deleteLibrary();
  expect(did).toEqual([]);
  expect(named.getState().notices.map((notice) => notice.kind)).toEqual(["error"]);
  broken = false;
  await named.getState().deleteLibrary();
  expect(did).toEqual(["delete scifact", "open null"]);
});
