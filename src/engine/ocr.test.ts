import { expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { Page, Progress, StoredDocument } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import type { SourcePage } from "#core/page/source.ts";
import type { DocumentReader, Ocr, PageImage, PageRenderer } from "#core/ports.ts";
import { pagesForOcr, readerWithOcr, recognisePages, withOcr } from "./ocr.ts";

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

test("O4 a PDF of nothing but pictures is read whole; one without any word stays PDF_NO_TEXT", async () => {
  const reader = failing(new EngineError("PDF_NO_TEXT", "", { pages: 2, scanned: 2 }));
  const asked: number[] = [];
  let read = 0;
  const withOcr = readerWithOcr(
    reader,
    { renderer: rendererOf(asked), ocr: ocrOf({ 0: "One page.", 1: "Another." }) },
    ["eng"],
    (pages) => (read = pages),
  );
  const text = await withOcr.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  expect([asked, read, text.pages.map((page) => [page.text, page.origin])]).toEqual([
    [0, 1],
    2,
    [
      ["One page.", "ocr"],
      ["Another.", "ocr"],
    ],
  ]);
  const blank = readerWithOcr(reader, { renderer: rendererOf(), ocr: ocrOf({}) }, ["eng"], () => {});
  const reading = blank.read({ bytes: bytes(), name: "a.pdf", password: null }, never, () => {});
  await expect(reading).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
});

test("O6 the record counts all pages that OCR has read, and every language it was told", () => {
  const record = { format: "pdf", title: "T", warnings: [], ocr: { pages: 1, languages: ["eng"] } } as const;
  // oxlint-disable-next-line no-unsafe-type-assertion -- the parts that are read
  const document = { record, pages: [] } as unknown as StoredDocument;
  const pages = [plainPage(0, "a"), plainPage(1, "b", { origin: "ocr" }), plainPage(2, "c", { origin: "ocr" })];
  expect(withOcr(document, pages, ["deu", "eng"]).record.ocr).toEqual({ pages: 2, languages: ["eng", "deu"] });
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
