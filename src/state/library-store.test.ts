import { beforeEach, expect, test, vi } from "vitest";
import { Library } from "#engine/library.ts";
import { FakeEmbedder, fakeFiles, fakeReader, FakeReranker, FakeRetriever, FakeStore } from "#engine/testing/fakes.ts";
import { createLibraryStore, type LibraryStore } from "./library-store.ts";

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

beforeEach(async () => {
  store = new SlowStore();
  retriever = new FakeRetriever();
  const embedder = new FakeEmbedder();
  const reranker = new FakeReranker();
  const library = new Library({ store, retriever, embedder, files: fakeFiles() });
  view = createLibraryStore({
    library,
    store,
    reader: fakeReader,
    embedder,
    reranker,
    samples: async () => [],
    machine: { isolated: true, gpu: "none", threads: 1 },
    onRemoved: () => {},
    settings: () => null,
    applyUpdate: () => {},
  });
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
  await view.getState().clear();
  store.go();
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
