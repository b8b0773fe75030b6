import { getDocument, type PDFDocumentLoadingTask } from "pdfjs-dist/legacy/build/pdf.mjs";
import { WorkerMessageHandler } from "pdfjs-dist/legacy/build/pdf.worker.min.mjs";

/**
 * pdf.js looks for this global before it starts a worker of its own; with it, the parser runs in the thread that
 * calls it, which is already a worker of ours. The hook is undocumented: one more reason why the version is exact.
 */
declare global {
  var pdfjsWorker: { readonly WorkerMessageHandler: object } | undefined;
}

export interface OpenOptions {
  /**
   * Absolute URL, with a slash at the end, of the folder that holds `cmaps/`, `standard_fonts/`, `wasm/` and `iccs/`:
   * without CMaps half of a Japanese document goes missing, silently.
   */
  readonly assets: string;
  readonly password: string | null;
}

/** What only drawing needs: pdf.js's own factories ask `document`. */
export interface DrawingOptions {
  readonly CanvasFactory: object;
  readonly FilterFactory: object;
}

/**
 * For text alone. Images are dropped undecoded (0 pixels are the most). Fonts go nowhere, but as font faces: drawn as
 * paths, each would cost up to 100 ms.
 */
const TEXT_ONLY = {
  maxImageSize: 0,
  useWasm: false,
  disableFontFace: false,
  useSystemFonts: false,
  ownerDocument: { fonts: { add: (): void => {}, delete: (): void => {} } },
  isOffscreenCanvasSupported: false,
} as const;

/** Opens a PDF in this thread. Takes ownership of `bytes`. Without `drawing` nothing can be drawn. */
export function openPdf(
  bytes: ArrayBuffer,
  { assets, password }: OpenOptions,
  drawing?: DrawingOptions,
): PDFDocumentLoadingTask {
  globalThis.pdfjsWorker ??= { WorkerMessageHandler };
  const source = {
    data: new Uint8Array(bytes),
    ...(password === null ? {} : { password }),
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    // pdf.js would otherwise ask `document` whether fetch may be used, and a worker has none.
    useWorkerFetch: true,
    disableWorkerRendering: true,
    // Glyphs are drawn as paths: font faces belong to a document.
    ...(drawing === undefined ? TEXT_ONLY : { ...drawing, disableFontFace: true, isOffscreenCanvasSupported: true }),
    verbosity: 0,
  };
  return getDocument(source);
}
