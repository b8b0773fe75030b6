import { beforeEach, expect, test, vi } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { draw } from "#core/page/drawing.fixture.ts";
import type { Ocr, OcrLanguage } from "#core/ports.ts";
import { Library } from "#engine/library.ts";
import { FakeEmbedder, fakeFiles, fakeReader, FakeReranker, FakeRetriever, FakeStore } from "#engine/testing/fakes.ts";
import { createLibraryStore, type LibraryStore } from "./library-store.ts";

let store: FakeStore;
let retriever: FakeRetriever;
let view: LibraryStore;
let atHand: OcrLanguage[];
let told: (readonly string[])[];
let remembered: (readonly string[])[];
let recognise: Ocr["recognise"];
let refreshed: number;

const found = (words: string): Awaited<ReturnType<Ocr["recognise"]>> => ({
  label: null,
  width: 100,
  height: 100,
  rotation: 0,
  runs: words === "" ? [] : draw(`0,50 10 | ${words}`),
  imageShare: null,
});

const ocr: Ocr = {
  languages: async () => atHand,
  async addLanguage({ name }) {
    if (!name.endsWith(".traineddata")) throw new EngineError("OCR_BAD_LANGUAGE", "", { name });
    const added = { code: name.slice(0, 3), origin: "file", bytes: 1 } as const;
    atHand.push(added);
    return added;
  },
  async removeLanguage(code) {
    atHand = atHand.filter((each) => each.code !== code);
  },
  release: () => {},
  recognise(image, languages, signal, onProgress) {
    told.push(languages);
    return recognise(image, languages, signal, onProgress);
  },
};

async function start(saved: unknown = null): Promise<void> {
  const embedder = new FakeEmbedder();
  view = createLibraryStore({
    library: new Library({ store, retriever, reader: fakeReader, embedder, files: fakeFiles() }),
    store,
    reader: fakeReader,
    passwords: new Map(),
    ocr: {
      ocr,
      renderer: {
        async render(_, { pages }, signal, onImage) {
          for (const index of pages) {
            if (signal.aborted) throw new EngineError("CANCELLED");
            await onImage({ index, png: new Blob([]), width: 100, height: 100, toPoints: [1, 0, 0, -1, 0, 100] });
          }
        },
      },
    },
    ocrLanguages: { saved, save: (codes) => remembered.push(codes) },
    saveChunking: () => {},
    embedder,
    reranker: new FakeReranker(),
    samples: async () => ({ files: [], questions: [] }),
    machine: { isolated: true, gpu: "none", threads: 1 },
    onRemoved: () => (refreshed += 1),
    settings: () => null,
    applyUpdate: () => {},
    libraries: { current: null, list: async () => [], open: () => {}, delete: async () => {} },
    onSettings: () => {},
  });
  await view.open();
}

const rest = (): Promise<void> => vi.waitFor(() => expect(view.getState().app).toBe("ready"));
const row = () => view.getState().items[0]!;

async function listed(): Promise<void> {
  view.getState().listOcrLanguages();
  await vi.waitFor(() => expect(view.getState().ocr.languages).not.toBeNull());
}

/** A stored document of three pages, two of them without text. */
async function addPartial(): Promise<void> {
  view.getState().addFiles([new File(["alpha\f\f"], "a.pdf")]);
  await rest();
  expect(row()).toMatchObject({ state: "partial", record: { chunkCount: 1, ocr: null } });
  await listed();
}

beforeEach(async () => {
  store = new FakeStore();
  retriever = new FakeRetriever();
  atHand = [
    { code: "deu", origin: "site", bytes: 1 },
    { code: "eng", origin: "site", bytes: 1 },
  ];
  told = [];
  remembered = [];
  refreshed = 0;
  recognise = async ({ index }) => found(index === 1 ? "recognised words" : "");
  await start();
});

test("SO1 pages without text of a stored document are read, stored and found; the row says which", async () => {
  await addPartial();
  const { id } = row();
  const before = refreshed;
  view.getState().readByOcr(row().key);
  await rest();
  expect(row()).toMatchObject({
    id,
    state: "partial",
    progress: null,
    record: { chunkCount: 2, ocr: { pages: [1], languages: ["eng"] } },
  });
  expect(row().record?.warnings).toMatchObject([{ kind: "pages-without-text", pages: 1 }]);
  expect([...store.documents.values()].map(({ record }) => record)).toEqual([row().record]);
  expect(retriever.documents.get(id!)?.map(({ text }) => text)).toEqual(["alpha", "recognised words"]);
  expect(refreshed).toBeGreaterThan(before);
});

test("SO2 progress counts pages; cancelled half way, the document is as it was, in the store and in the index", async () => {
  await addPartial();
  const { record, key, id } = row();
  const seen: (number | undefined)[] = [];
  recognise = async (image) => {
    seen.push(row().progress?.done);
    if (image.index === 2) view.getState().cancel(key);
    return found("recognised words");
  };
  view.getState().readByOcr(key);
  expect(row().state).toBe("recognising");
  await rest();
  expect(seen).toEqual([0, 1]);
  expect(row()).toMatchObject({ state: "partial", record, error: null, progress: null });
  expect(store.documents.get(id!)?.record).toEqual(record);
  expect(retriever.documents.get(id!)).toHaveLength(1);
  expect(view.getState().notices).toEqual([]);
});

test("SO3 nothing recognised, or a failure: said once; the document is as it was", async () => {
  await addPartial();
  const { record, key } = row();
  recognise = async () => found("");
  view.getState().readByOcr(key);
  await rest();
  expect(view.getState().notices).toMatchObject([{ kind: "ocr-nothing", name: "a.pdf" }]);
  recognise = () => Promise.reject(new EngineError("OCR_UNAVAILABLE"));
  view.getState().readByOcr(key);
  await rest();
  expect(view.getState().notices[1]).toMatchObject({
    kind: "error",
    error: { code: "OCR_UNAVAILABLE", facts: { name: "a.pdf" } },
  });
  expect(row()).toMatchObject({ state: "partial", record, error: null });
});

test("SO4 removed while it is read, it does not come back", async () => {
  await addPartial();
  let removed: Promise<void> | null = null;
  recognise = async () => {
    removed ??= view.getState().remove(row().id!);
    await removed;
    return found("recognised words");
  };
  view.getState().readByOcr(row().key);
  await rest();
  expect([view.getState().items.length, store.documents.size, retriever.documents.size]).toEqual([0, 0, 0]);
});

test("SO5 new chunk settings meanwhile end nothing: the pages are read and the whole is cut by the new ones", async () => {
  await addPartial();
  const settings = { strategy: "page", size: 300, overlap: 0 } as const;
  let changed = false;
  recognise = async () => {
    if (!changed) await view.getState().setChunking(settings);
    changed = true;
    return found("recognised words");
  };
  view.getState().readByOcr(row().key);
  await rest();
  expect(row()).toMatchObject({
    state: "ready",
    record: { ocr: { pages: [1, 2] }, vectorStamp: { chunking: settings } },
  });
});

test("SO6 one language is told unless more are chosen; the choice is remembered", async () => {
  await addPartial();
  expect(view.getState().ocr.chosen).toEqual(["eng"]);
  view.getState().chooseOcrLanguages(["eng", "deu"]);
  view.getState().readByOcr(row().key);
  await rest();
  expect(told[0]).toEqual(["eng", "deu"]);
  expect(remembered).toEqual([["eng", "deu"]]);
  await start(["deu", "gone"]);
  await listed();
  expect(view.getState().ocr.chosen).toEqual(["deu"]);
  atHand = [];
  view.getState().listOcrLanguages();
  await vi.waitFor(() => expect(view.getState().ocr).toMatchObject({ languages: [], chosen: [] }));
});

test("SO7 a file that is added is chosen; one that is none is refused beside the list; one that is removed is gone", async () => {
  await listed();
  await view.getState().addOcrLanguage(new File([""], "fra.traineddata"));
  expect(view.getState().ocr).toMatchObject({ chosen: ["eng", "fra"], error: null });
  await view.getState().addOcrLanguage(new File([""], "notes.txt"));
  expect(view.getState().ocr.error).toMatchObject({ code: "OCR_BAD_LANGUAGE", facts: { name: "notes.txt" } });
  await view.getState().removeOcrLanguage("fra");
  expect(view.getState().ocr).toMatchObject({ chosen: ["eng"], error: null });
  expect(view.getState().ocr.languages?.map(({ code }) => code)).toEqual(["deu", "eng"]);
  expect(view.getState().notices).toEqual([]);
});

test.each(["eng", 3, { a: 1 }, [1, "eng"]])(
  "SO8 a remembered choice that is none is as good as nothing: %j",
  async (it) => {
    await start(it);
    await listed();
    expect(view.getState().ocr.chosen).toEqual(["eng"]);
  },
);

test("SO9 a locked scan is read with the password that opened it", async () => {
  view.getState().addFiles([new File(["locked:\f"], "a.pdf")]);
  await rest();
  view.getState().retry(row().key, "foo");
  await rest();
  expect(row()).toMatchObject({ state: "failed", error: { code: "PDF_NO_TEXT" } });
  await listed();
  recognise = async () => found("recognised words");
  view.getState().readByOcr(row().key);
  await rest();
  expect(row()).toMatchObject({ state: "ready", record: { ocr: { pages: [0, 1] } } });
});
