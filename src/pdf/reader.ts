import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentText } from "#core/model.ts";
import { toPages } from "#core/page/pages.ts";
import type { SourcePage } from "#core/page/source.ts";
import type { OnProgress, DocumentReader, Signal } from "#core/ports.ts";
import { openPdf } from "./engine.ts";
import { hasPdfHeader, toPdfError } from "./failure.ts";
import { toRuns } from "./runs.ts";
import { toTitle } from "./title.ts";

export interface PdfReaderOptions {
  /** Absolute URL of pdf.js's `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/`, with a slash at the end. */
  readonly assets: string;
  /**
   * Lets messages in between pages: inline pdf.js hops by microtask only, so without it an abort would arrive
   * after the last page.
   */
  readonly breathe: () => Promise<void>;
}

/** Reads PDFs with pdf.js in the calling thread. */
export function pdfReader({ assets, breathe }: PdfReaderOptions): DocumentReader {
  return {
    async read({ bytes, password }, signal, onProgress) {
      if (signal.aborted) throw new EngineError("CANCELLED");
      if (bytes.byteLength === 0) throw new EngineError("FILE_EMPTY");
      const isPdf = hasPdfHeader(bytes);
      const task = openPdf(bytes, { assets, password });
      const stop = (): void => void task.destroy();
      signal.addEventListener("abort", stop);
      try {
        onProgress({ done: 0, of: 0 });
        const pdf = await task.promise;
        return await toText(pdf, breathe, signal, onProgress);
      } catch (thrown) {
        // pdf.js reports our own abort under many names.
        throw signal.aborted ? new EngineError("CANCELLED", "", {}, thrown) : toPdfError(thrown, isPdf);
      } finally {
        signal.removeEventListener("abort", stop);
        await task.destroy();
      }
    },
  };
}

async function toText(
  pdf: PDFDocumentProxy,
  breathe: () => Promise<void>,
  signal: Signal,
  onProgress: OnProgress,
): Promise<DocumentText> {
  const of = pdf.numPages;
  if (of === 0) throw new EngineError("PDF_DAMAGED", "no pages", { pages: 0 });
  const [labels, title] = await Promise.all([optional(pdf.getPageLabels()), optional(toTitle(pdf))]);
  const sources: SourcePage[] = [];
  let broken: unknown;
  let failed = 0;
  for (let number = 1; number <= of; number++) {
    // oxlint-disable-next-line no-await-in-loop -- one parser: pages come one after another
    await breathe();
    signal.throwIfAborted();
    try {
      // oxlint-disable-next-line no-await-in-loop -- as above
      sources.push(await readPage(pdf, number, labels?.[number - 1] || null));
    } catch (thrown) {
      signal.throwIfAborted();
      failed += 1;
      broken = thrown;
      sources.push({ ...UNREADABLE, label: labels?.[number - 1] || null });
    }
    onProgress({ done: number, of });
  }
  if (failed === of) throw new EngineError("PDF_DAMAGED", String(broken), { pages: of }, broken);
  const pages = toPages(sources);
  if (pages.every((page) => page.quality === "no-text")) throw new EngineError("PDF_NO_TEXT", "", { pages: of });
  return { format: "pdf", title, pages, warnings: [] };
}

/** A page that pdf.js cannot parse stands as an empty one, in the size that PDF readers assume. */
const UNREADABLE = { width: 612, height: 792, rotation: 0, runs: [], imageShare: null } as const;

async function readPage(pdf: PDFDocumentProxy, number: number, label: string | null): Promise<SourcePage> {
  const page = await pdf.getPage(number);
  try {
    const { view, userUnit, rotate } = page;
    const [left = 0, bottom = 0, right = 0, top = 0] = view;
    const runs = toRuns(await page.getTextContent(), view, userUnit);
    return {
      label,
      width: (right - left) * userUnit,
      height: (top - bottom) * userUnit,
      rotation: toRotation(rotate),
      runs,
      imageShare: null,
    };
  } finally {
    page.cleanup();
  }
}

function toRotation(degrees: number): SourcePage["rotation"] {
  const quarter = ((degrees % 360) + 360) % 360;
  return quarter === 90 || quarter === 180 || quarter === 270 ? quarter : 0;
}

/** Labels and title are extras: a file that has them broken is still read. */
async function optional<T>(value: Promise<T>): Promise<T | null> {
  return value.catch(() => null);
}
