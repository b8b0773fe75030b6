import { EngineError } from "#core/base/errors.ts";
import type { DocumentText, Page, PageIndex, PageQuality, StoredDocument } from "#core/model.ts";
import { toPages } from "#core/page/pages.ts";
import type { SourcePage } from "#core/page/source.ts";
import type { DocumentReader, Ocr, OnProgress, PageRenderer, Signal, SourceFile } from "#core/ports.ts";
import { withText } from "./document.ts";

export interface OcrPorts {
  readonly renderer: PageRenderer;
  readonly ocr: Ocr;
}

export interface OcrResult {
  readonly pages: readonly Page[];
  /** Pages whose text is now OCR's, for `DocumentRecord.ocr`; the others had nothing to read. */
  readonly read: number;
}

/** What Tesseract was trained on; at 150 small print is lost, at 600 a page takes four times as long. */
const DPI = 300;
const POOR: ReadonlySet<PageQuality> = new Set(["no-text", "scan", "garbled"]);

/** Pages that OCR may give a text, or a better one. */
export function pagesForOcr(pages: readonly Page[]): PageIndex[] {
  return pages.filter(({ quality, origin }) => POOR.has(quality) && origin === "file").map(({ index }) => index);
}

/**
 * Reads pages of a PDF by OCR. The others, and those on which nothing is recognised, stay as they are.
 * @param file as stored; a copy of its bytes is handed over
 * @param pages of the document as it was read, in full
 * @param onProgress pages, with the share of the page that is being read
 * @throws OCR_NO_LANGUAGE, OCR_BAD_LANGUAGE, OCR_UNAVAILABLE, CANCELLED, and what the renderer throws
 */
export async function recognisePages(
  { renderer, ocr }: OcrPorts,
  file: Pick<SourceFile, "bytes" | "password">,
  pages: readonly Page[],
  wanted: readonly PageIndex[],
  languages: readonly string[],
  signal: Signal,
  onProgress: OnProgress,
): Promise<OcrResult> {
  const seen = await recognise({ renderer, ocr }, file, wanted, languages, signal, onProgress);
  const labelled = seen.map(({ index, source }) => ({ ...source, label: pages[index]?.label ?? null }));
  const made = new Map<PageIndex, Page>();
  for (const [i, page] of toPages(labelled).entries()) {
    const index = seen[i]?.index ?? i;
    if (page.quality !== "no-text") made.set(index, { ...page, index, origin: "ocr" });
  }
  return { pages: pages.map((page) => made.get(page.index) ?? page), read: made.size };
}

async function recognise(
  { renderer, ocr }: OcrPorts,
  { bytes, password }: Pick<SourceFile, "bytes" | "password">,
  wanted: readonly PageIndex[],
  languages: readonly string[],
  signal: Signal,
  onProgress: OnProgress,
): Promise<{ index: PageIndex; source: SourcePage }[]> {
  const seen: { index: PageIndex; source: SourcePage }[] = [];
  const of = wanted.length;
  onProgress({ done: 0, of });
  // An error of OCR's own would come back from the renderer as a damaged file.
  let failed: unknown = null;
  const copy = { bytes: bytes.slice(0), password };
  const drawn = renderer.render(copy, { pages: wanted, dpi: DPI }, signal, async (image) => {
    try {
      const done = seen.length;
      const source = await ocr.recognise(image, languages, signal, (page) => {
        if (page.of > 0) onProgress({ done: done + page.done / page.of, of });
      });
      seen.push({ index: image.index, source });
      onProgress({ done: seen.length, of });
    } catch (thrown) {
      failed ??= thrown;
      throw thrown;
    }
  });
  try {
    await drawn;
  } catch (thrown) {
    throw failed ?? thrown;
  } finally {
    ocr.release();
  }
  return seen;
}

/** The document with pages that OCR has read; its chunks are those of the old text until `withChunks`. */
export function withOcr(
  document: StoredDocument,
  pages: readonly Page[],
  languages: readonly string[],
): StoredDocument {
  const { format, title, warnings, ocr } = document.record;
  const read = withText(document, { format, title, pages, warnings });
  const all = [...new Set([...(ocr?.languages ?? []), ...languages])];
  const count = pages.filter(({ origin }) => origin === "ocr").length;
  return { ...read, record: { ...read.record, ocr: count === 0 ? null : { pages: count, languages: all } } };
}

/**
 * A reader for a PDF that is nothing but pictures: the same as `reader`, but where that finds no text on any page, or
 * text on some only, OCR reads those. `onRead` tells how many, for `DocumentRecord.ocr`.
 */
export function readerWithOcr(
  reader: DocumentReader,
  ports: OcrPorts,
  languages: readonly string[],
  onRead: (pages: number) => void,
): DocumentReader {
  return {
    async read(file, signal, onProgress) {
      const copy = { bytes: file.bytes.slice(0), password: file.password };
      const text = await reader.read(file, signal, onProgress).catch((thrown: unknown) => emptyText(thrown));
      const wanted = pagesForOcr(text.pages);
      if (text.format !== "pdf" || wanted.length === 0) return text;
      const { pages, read } = await recognisePages(ports, copy, text.pages, wanted, languages, signal, onProgress);
      if (pages.every(({ text: words }) => words === "")) {
        throw new EngineError("PDF_NO_TEXT", "nothing recognised", { pages: pages.length });
      }
      onRead(read);
      return { ...text, pages };
    },
  };
}

/** As many empty pages as the reader counted before it found that none has text. */
function emptyText(thrown: unknown): DocumentText {
  const isEmpty = thrown instanceof EngineError && thrown.code === "PDF_NO_TEXT";
  const count = isEmpty ? thrown.facts["pages"] : null;
  if (typeof count !== "number") throw thrown;
  const nothing = Array.from({ length: count }, () => EMPTY);
  return { format: "pdf", title: null, pages: toPages(nothing), warnings: [] };
}

/** OCR tells the real size; pages on which it finds nothing keep this one. */
const EMPTY: SourcePage = { label: null, width: 612, height: 792, rotation: 0, runs: [], imageShare: null };
