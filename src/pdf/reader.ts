import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentText, DocumentWarning, PageIndex } from "#core/model.ts";
import { toPages } from "#core/page/pages.ts";
import type { SourcePage } from "#core/page/source.ts";
import type { DocumentReader, OnProgress, Signal } from "#core/ports.ts";
import { defuse } from "./bomb.ts";
import { openPdf } from "./engine.ts";
import { hasPdfHeader, toPdfError } from "./failure.ts";
import { PDF_LIMITS, type PdfLimits } from "./limits.ts";
import { isMarked } from "./marked.ts";
import { toOutline } from "./outline.ts";
import { STRETCH } from "./page-text.ts";
import { optional, PageSource } from "./read-page.ts";
import { toTitle } from "./title.ts";

export interface PdfReaderOptions {
  /** Absolute URL of pdf.js's `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/`, with a slash at the end. */
  readonly assets: string;
  /**
   * Lets messages in between pages: inline pdf.js hops by microtask only, so without it an abort would arrive
   * after the last page.
   */
  readonly breathe: () => Promise<void>;
  readonly limits?: PdfLimits;
  /** Pages not to be read: a reader before this one did not come back from them. */
  readonly skip?: readonly PageIndex[];
}

/** Reads PDFs with pdf.js in the calling thread. */
export function pdfReader(options: PdfReaderOptions): DocumentReader {
  return {
    async read({ bytes, password, forOcr = false }, signal, onProgress) {
      if (signal.aborted) throw new EngineError("CANCELLED");
      if (bytes.byteLength === 0) throw new EngineError("FILE_EMPTY");
      const isPdf = hasPdfHeader(bytes);
      onProgress({ done: 0, of: 0 });
      const bombs = await defuse(new Uint8Array(bytes), (options.limits ?? PDF_LIMITS).unfolded);
      const task = openPdf(bytes, { assets: options.assets, password });
      const stop = (): void => void task.destroy();
      signal.addEventListener("abort", stop);
      try {
        const pdf = await task.promise;
        return await toText(pdf, bombs, forOcr, options, signal, onProgress);
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
  bombs: number,
  forOcr: boolean,
  { breathe, limits = PDF_LIMITS, skip = [] }: PdfReaderOptions,
  signal: Signal,
  onProgress: OnProgress,
): Promise<DocumentText> {
  const all = pdf.numPages;
  if (all === 0) throw new EngineError("PDF_DAMAGED", "no pages", { pages: 0 });
  const of = Math.min(all, limits.pages);
  const labels = await optional(pdf.getPageLabels());
  const title = await optional(toTitle(pdf));
  const reading = new PageSource(pdf, { limits, breathe, signal, marked: await isMarked(pdf) });
  // From here on silence is that of a page.
  onProgress({ done: 0, of });
  const sources: SourcePage[] = [];
  let breathed = 0;
  let broken: unknown;
  let failed = 0;
  let cut = 0;
  for (let index = 0; index < of; index++) {
    if (performance.now() - breathed > STRETCH) {
      // oxlint-disable-next-line no-await-in-loop -- one parser: pages come one after another
      await breathe();
      breathed = performance.now();
    }
    signal.throwIfAborted();
    const label = labels?.[index] || null;
    try {
      if (skip.includes(index)) throw new EngineError("PDF_DAMAGED", "a page took too long", { reason: "timeout" });
      // oxlint-disable-next-line no-await-in-loop -- as above
      const page = await reading.read(index + 1, label);
      sources.push(page.source);
      if (page.cut) cut += 1;
    } catch (thrown) {
      signal.throwIfAborted();
      failed += 1;
      broken = thrown;
      sources.push({ ...UNREADABLE, label });
    }
    onProgress({ done: index + 1, of });
  }
  if (failed === of) throw allBroken(broken, of);
  const pages = toPages(sources, (await optional(toOutline(pdf))) ?? []);
  if (!forOcr && pages.every(({ quality }) => quality === "no-text" || quality === "scan")) {
    const scanned = pages.filter(({ quality }) => quality === "scan").length;
    throw new EngineError("PDF_NO_TEXT", "", { pages: of, scanned });
  }
  const warnings: DocumentWarning[] = [];
  // Which pages use a stream that was made unreadable is not known: one each is the usual case.
  const unreadable = Math.min(of, failed + bombs);
  if (unreadable > 0) warnings.push({ kind: "pages-unreadable", pages: unreadable, of });
  if (cut > 0) warnings.push({ kind: "pages-cut", pages: cut, of });
  if (of < all) warnings.push({ kind: "pages-left-out", pages: all - of, of: all });
  return { format: "pdf", title, pages, warnings };
}

/** A page that pdf.js cannot parse stands as an empty one, in the size that PDF readers assume. */
const UNREADABLE = { width: 612, height: 792, rotation: 0, runs: [], imageShare: null } as const;

function allBroken(broken: unknown, pages: number): EngineError {
  const reason = broken instanceof EngineError ? broken.facts : {};
  return new EngineError("PDF_DAMAGED", String(broken), { ...reason, pages }, broken);
}
