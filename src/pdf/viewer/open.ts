import { AnnotationMode, getDocument, type PDFPageProxy, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
// oxlint-disable-next-line import/default -- `?worker` is vite's; the linter sees the file behind it
import PdfJsWorker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker";
import type { PageIndex } from "#core/model.ts";
import { hasPdfHeader, toPdfError } from "../failure.ts";
import { readOutline, type OutlineNode } from "./outline.ts";
import { layText, type TextLayerHandle } from "./text-layer.ts";

export interface DrawSettings {
  /** Device pixels per point. */
  readonly scale: number;
  /** The page's own turn and the reader's together. */
  readonly rotation: number;
}

/** A document open for looking at. Every method rejects with an AbortError when its signal aborts. */
export interface PdfView {
  readonly pageCount: number;
  /** A canvas of the whole page, not in the document yet. Whoever takes it sets its width to 0 to free it. */
  draw(page: PageIndex, settings: DrawSettings, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** Fills `container` with the page's text, transparent, for selecting and copying. */
  text(page: PageIndex, container: HTMLElement, rotation: number, signal: AbortSignal): Promise<TextLayerHandle>;
  /** The document's own outline; empty where it has none. */
  outline(): Promise<readonly OutlineNode[]>;
  /** Frees what drawing a page left behind. */
  release(page: PageIndex): void;
  close(): void;
}

/** Larger pictures are left out of the page: decoded they would take over 400 MB. */
const LARGEST_IMAGE = 100_000_000;

/** One thread for all documents that are looked at; it starts with the first. */
let worker: PDFWorker | null = null;

function sharedWorker(): PDFWorker {
  if (worker === null || worker.destroyed)
    worker = PDFWorker.create({ port: new PdfJsWorker({ name: "pdf-view" }), verbosity: 0 });
  return worker;
}

/**
 * Opens a file for drawing, on this thread with a worker of pdf.js's own. `assets` is the absolute URL, with a slash
 * at the end, of `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/`.
 * @throws PDF_ENCRYPTED {wrongPassword}, PDF_DAMAGED, FILE_NOT_PDF, OUT_OF_MEMORY; AbortError
 */
export async function openPdfView(
  file: Blob,
  password: string | null,
  assets: string,
  signal: AbortSignal,
): Promise<PdfView> {
  const bytes = await file.arrayBuffer();
  signal.throwIfAborted();
  const isPdf = hasPdfHeader(bytes);
  const task = getDocument({
    data: new Uint8Array(bytes),
    ...(password === null ? {} : { password }),
    worker: sharedWorker(),
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    useWorkerFetch: true,
    enableXfa: false,
    maxImageSize: LARGEST_IMAGE,
    verbosity: 0,
  });
  const close = (): void => void task.destroy();
  signal.addEventListener("abort", close, { once: true });
  try {
    const pdf = await task.promise;
    /** Pages that hold something to be freed. */
    const used = new Map<PageIndex, PDFPageProxy>();
    const pageAt = async (index: PageIndex, stop: AbortSignal): Promise<PDFPageProxy> => {
      const page = await pdf.getPage(index + 1);
      stop.throwIfAborted();
      used.set(index, page);
      return page;
    };
    return {
      pageCount: pdf.numPages,
      async draw(index, { scale, rotation }, stop) {
        const page = await pageAt(index, stop);
        const viewport = page.getViewport({ scale, rotation });
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(viewport.width));
        canvas.height = Math.max(1, Math.round(viewport.height));
        const render = page.render({ canvas, viewport, annotationMode: AnnotationMode.DISABLE });
        const cancel = (): void => render.cancel();
        stop.addEventListener("abort", cancel, { once: true });
        try {
          await render.promise;
          return canvas;
        } catch (thrown) {
          canvas.width = 0;
          stop.throwIfAborted();
          throw thrown;
        } finally {
          stop.removeEventListener("abort", cancel);
        }
      },
      async text(index, container, rotation, stop) {
        return layText(await pageAt(index, stop), container, rotation, stop);
      },
      outline: () => readOutline(pdf),
      release(index) {
        // While it is still drawn elsewhere, pdf.js puts this off until that is done.
        used.get(index)?.cleanup();
        used.delete(index);
      },
      close,
    };
  } catch (thrown) {
    close();
    signal.throwIfAborted();
    throw toPdfError(thrown, isPdf);
  } finally {
    signal.removeEventListener("abort", close);
  }
}
