import { getDocument, type PDFDocumentLoadingTask } from "pdfjs-dist/legacy/build/pdf.mjs";
import { WorkerMessageHandler } from "pdfjs-dist/legacy/build/pdf.worker.min.mjs";

/**
 * pdf.js looks for this global before it starts a worker of its own; with it, the parser runs in the thread that
 * calls it, which is already a worker of ours. The hook is undocumented: one more reason why the version is exact.
 */
declare global {
  var pdfjsWorker: { readonly WorkerMessageHandler: object } | undefined;
}

/**
 * Opens a PDF in this thread. Takes ownership of `bytes`. `assets` is the absolute URL, with a slash at the end, of
 * the folder that holds `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/`: without CMaps half of a Japanese document
 * goes missing, silently.
 */
export function openPdf(bytes: ArrayBuffer, assets: string): PDFDocumentLoadingTask {
  globalThis.pdfjsWorker ??= { WorkerMessageHandler };
  return getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    // pdf.js would otherwise ask `document` whether fetch may be used, and a worker has none.
    useWorkerFetch: true,
    // Nothing is drawn here.
    disableFontFace: true,
    disableWorkerRendering: true,
    isOffscreenCanvasSupported: false,
    verbosity: 0,
  });
}
