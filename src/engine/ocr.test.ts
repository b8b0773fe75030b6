import { expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import { DEFAULT_CHUNK_SETTINGS } from "#core/chunk/settings.ts";
import type { ChunkSettings, Page, Progress, StoredDocument } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import type { SourcePage } from "#core/page/source.ts";
import type { DocumentReader, Ocr, PageImage, PageRenderer } from "#core/ports.ts";
import { ingest } from "./ingest.ts";
import { pagesForOcr, readerWithOcr, recogniseDocument, recognisePages, withOcr } from "./ocr.ts";
import { FakeEmbedder, FRESH } from "./testing/fakes.ts";

const never = new AbortController().signal;
const bytes = (): ArrayBuffer => new TextEncoder().encode("%PDF").buffer;

/** Hands the bytes over, as a worker does, and turns what is thrown inside into its own error. */
function rendererOf(asked: number[] = []): PageRenderer {
  return {
    async render(file, { pages }, signal, onImage) {
      structuredClone(file.bytes, { transfer: [file.bytes] });
      for (const index of pages) {
        if (signal.aborted) throw new EngineError("CANCELLED");
        asked.push(index);
        const image: PageImage = { index, png: new Blob([]), width: 8, height: 8, toPoints: [1, 0, 0, -1, 0, 8] };
        // oxlint-disable-next-line no-await-in-loop -- as the real one
        await Promise.resolve(onImage(image)).catch((thrown) => {
          throw new EngineError("PDF_DAMAGED", String(thrown));
        });
      }
    },
  };
}

function sourceOf(text: string): SourcePage {
  const run = { x: 72, dirX: 1, dirY: 0, size: 10, ascent: 0.7, descent: -0.2, font: "ocr", rtl: false, edges: null };
  const runs = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, i) => ({ ...run, text: line, y: 700 - 12 * i, advance: 5 * line.length, role: null }));
  return { label: null, width: 600, height: 800, rotation: 0, runs, imageShare: null };
}

function ocrOf(texts: Readonly<Record<number, string | EngineError>>): Ocr & { released: number } {
  return {
    released: 0,
    languages: () => Promise.resolve([]),
    addLanguage: () => Promise.reject(new Error("not asked")),
    removeLanguage: () => Promise.resolve(),
    recognise({ index }, _languages, _signal, onProgress) {
      onProgress({ done: 0.5, of: 1 });
      const found = texts[index] ?? "";
      return found instanceof EngineError ? Promise.reject(found) : Promise.resolve(sourceOf(found));
    },
    release() {
      this.released += 1;
    },
  };
}

const scan = (index: number, given: Partial<Page> = {}): Page => plainPage(index, "", { quality: "scan", ...given });

test("O1 pages without text, scans and garbled ones are for OCR; those it has read are not", () => {
  const pages = [
    plainPage(0, "text"),
    plainPage(1, ""),
    scan(2),
    plainPage(3, "x", { quality: "garbled" }),
    plainPage(4, "x", { quality: "pictures" }),
    scan(5, { origin: "ocr" }),
  ];
  expect(pagesForOcr(pages)).toEqual([1, 2, 3]);
});

test("O2 recognised pages take their place, with their label and origin; the others stay the same objects", async () => {
  const pages = [plainPage(0, "First."), scan(1, { label: "ii" }), scan(2)];
  const ocr = ocrOf({ 1: "Words that were\nrecognised here.", 2: "" });
  const seen: Progress[] = [];
  const file = { bytes: bytes(), password: null };
  const result = await recognisePages({ renderer: rendererOf(), ocr }, file, pages, [1, 2], ["eng"], never, (each) =>
    seen.push(each),
  );
  expect(result.read).toBe(1);
  expect(result.pages[0]).toBe(pages[0]);
  expect(result.pages[2]).toBe(pages[2]);
  expect(result.pages[1]).toMatchObject({
    index: 1,
    label: "ii",
    origin: "ocr",
    quality: "text",
    text: "Words that were recognised here.",
    width: 600,
  });
  expect(result.pages[1]?.runs.starts.length).toBe(2);
  expect(seen.map(({ done }) => done)).toEqual([0, 0.5, 1, 1.5, 2]);
  // The caller's bytes are its own.
  expect([file.bytes.byteLength, ocr.released]).toEqual([4, 1]);
});

test("O3 an error of OCR keeps its code through the renderer, and gives the memory back", async () => {
  const ocr = ocrOf({ 0: new EngineError("OCR_NO_LANGUAGE", "", { languages: "deu" }) });
  const reading = recognisePages(
    { renderer: rendererOf(), ocr },
    { bytes: bytes(), password: null },
    [scan(0)],
    [0],
    ["deu"],
    never,
    () => {},
  );
  await expect(reading).rejects.toMatchObject({ code: "OCR_NO_LANGUAGE", facts: { languages: "deu" } });
  expect(ocr.released).toBe(1);
});

const failing = (error: EngineError): DocumentReader => ({ read: () => Promise.reject(error) });

/** What a reader says of a file whose pages are pictures, to OCR and to others. */
function scanReader(pages: readonly Page[]): DocumentReader {
  return {
    async read({ forOcr }) {
      if (forOcr !== true) throw new EngineError("PDF_NO_TEXT", "", { pages: pages.length, scanned: pages.length });
      return { format: "pdf", title: "T", pages, warnings: [] };
    },
  };
}

test("O4 a PDF of nothing but pictures is read whole; one without any word stays PDF_NO_TEXT", async () => {
  const asked: number[] = [];
  const seen: Progress[] = [];
  const reader = readerWithOcr(
    scanReader([scan(0), scan(1)]),
    { renderer: rendererOf(asked), ocr: ocrOf({ 0: "One page.", 1: "Another." }) },
    ["eng"],
    (progress) => seen.push(progress),
  );
  const text = await reader.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  expect([asked, seen.at(-1), text.title, text.pages.map((page) => [page.text, page.origin])]).toEqual([
    [0, 1],
    { done: 2, of: 2 },
    "T",
    [
      ["One page.", "ocr"],
      ["Another.", "ocr"],
    ],
  ]);
  const blank = readerWithOcr(scanReader([scan(0)]), { renderer: rendererOf(), ocr: ocrOf({}) }, ["eng"], () => {});
  const reading = blank.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  await expect(reading).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
});

test("O4b of such a PDF, pages on which nothing is found keep their size, label and quality", async () => {
  const empty = scan(1, { label: "ii", width: 300, height: 400, rotation: 90 });
  const reader = readerWithOcr(
    scanReader([scan(0, { label: "i" }), empty]),
    { renderer: rendererOf(), ocr: ocrOf({ 0: "One page." }) },
    ["eng"],
    () => {},
  );
  const { pages } = await reader.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  expect(pages[0]).toMatchObject({ label: "i", origin: "ocr" });
  expect(pages[1]).toBe(empty);
});

test("O6 the record names all pages that OCR has read, and every language it was told", () => {
  const record = { format: "pdf", title: "T", warnings: [], ocr: { pages: [1], languages: ["eng"] } } as const;
  // oxlint-disable-next-line no-unsafe-type-assertion -- the parts that are read
  const document = { record, pages: [] } as unknown as StoredDocument;
  const pages = [plainPage(0, "a"), plainPage(1, "b", { origin: "ocr" }), plainPage(2, "c", { origin: "ocr" })];
  expect(withOcr(document, pages, ["deu", "eng"]).record.ocr).toEqual({ pages: [1, 2], languages: ["eng", "deu"] });
  expect(withOcr(document, pages.slice(0, 1), ["deu"]).record.ocr).toBe(null);
});

test("O5 other failures stay what they are", async () => {
  const reader = readerWithOcr(
    failing(new EngineError("PDF_ENCRYPTED")),
    { renderer: rendererOf(), ocr: ocrOf({}) },
    ["eng"],
    () => {},
  );
  const reading = reader.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  await expect(reading).rejects.toMatchObject({ code: "PDF_ENCRYPTED" });
});

const chunking = (): ChunkSettings => DEFAULT_CHUNK_SETTINGS;

async function partial(...pages: readonly Page[]): Promise<StoredDocument> {
  const reader: DocumentReader = { read: async () => ({ format: "pdf", title: null, pages, warnings: [] }) };
  const file = new File(["%PDF"], "partial.pdf");
  return ingest({ reader, embedder: new FakeEmbedder() }, file, FRESH, never, () => {});
}

test("O7 a stored document gets the text of its scanned pages; vectors of the others are not made again", async () => {
  const stored = await partial(plainPage(0, "First."), scan(1, { label: "ii" }), scan(2));
  expect(stored.record.warnings).toEqual([{ kind: "pages-without-text", pages: 2, scanned: 2, of: 3 }]);
  const embedder = new FakeEmbedder();
  const steps: string[] = [];
  const made = await recogniseDocument(
    { renderer: rendererOf(), ocr: ocrOf({ 1: "Recognised." }), embedder },
    stored,
    { languages: ["eng"], password: null, chunking },
    never,
    ({ step, progress }) => steps.push(`${step} ${progress.done}/${progress.of}`),
  );
  expect(made?.record).toMatchObject({
    id: stored.record.id,
    addedAt: stored.record.addedAt,
    ocr: { pages: [1], languages: ["eng"] },
    chunkCount: 2,
    state: "partial",
    warnings: [{ kind: "pages-without-text", pages: 1, scanned: 1, of: 3 }],
  });
  expect(made?.chunks.map(({ text }) => text)).toEqual(["First.", "Recognised."]);
  expect(made?.pages[2]).toBe(stored.pages[2]);
  expect(embedder.embedded).toEqual(["Recognised."]);
  expect([steps[0], steps.at(-1)]).toEqual(["recognising 0/2", "embedding 2/2"]);
  // The bytes were lent: the file can be opened again.
  expect((await made?.file.arrayBuffer())?.byteLength).toBe(4);
});

test("O8 nothing recognised is nothing new", async () => {
  const stored = await partial(plainPage(0, "First."), scan(1));
  const made = await recogniseDocument(
    { renderer: rendererOf(), ocr: ocrOf({}), embedder: new FakeEmbedder() },
    stored,
    { languages: ["eng"], password: null, chunking },
    never,
    () => {},
  );
  expect(made).toBe(null);
});
