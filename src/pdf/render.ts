import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EngineError } from "#core/base/errors.ts";
import type { PageIndex } from "#core/model.ts";
import type { OnPageImage, PageImage, RenderRequest, Signal, SourceFile } from "#core/ports.ts";
import { drawing } from "./drawing.ts";
import { openPdf } from "./engine.ts";
import { hasPdfHeader, toPdfError } from "./failure.ts";

/** A2 at 300 dpi, 144 MB as pixels. Larger pages are drawn coarser: no canvas of that size exists everywhere. */
const MOST_PIXELS = 36e6;
const POINTS_PER_INCH = 72;

/**
 * Draws pages in the calling thread, a worker, one after another. Takes ownership of the file's bytes.
 * @throws PDF_ENCRYPTED, PDF_DAMAGED, FILE_NOT_PDF, OUT_OF_MEMORY, CANCELLED
 */
export async function renderPages(
  { bytes, password }: Pick<SourceFile, "bytes" | "password">,
  assets: string,
  { pages, dpi }: RenderRequest,
  signal: Signal,
  onImage: OnPageImage,
): Promise<void> {
  const isPdf = hasPdfHeader(bytes);
  const task = openPdf(bytes, { assets, password }, drawing);
  const stop = (): void => void task.destroy();
  signal.addEventListener("abort", stop);
  try {
    const pdf = await task.promise;
    for (const index of pages) {
      // oxlint-disable-next-line no-await-in-loop -- one canvas at a time, and the one who reads sets the pace
      await onImage(await renderPage(pdf, index, dpi));
      signal.throwIfAborted();
    }
  } catch (thrown) {
    throw signal.aborted ? new EngineError("CANCELLED", "", {}, thrown) : toPdfError(thrown, isPdf);
  } finally {
    signal.removeEventListener("abort", stop);
    await task.destroy();
  }
}

async function renderPage(pdf: PDFDocumentProxy, index: PageIndex, dpi: number): Promise<PageImage> {
  const page = await pdf.getPage(index + 1);
  try {
    const wanted = page.getViewport({ scale: dpi / POINTS_PER_INCH });
    const shrink = Math.min(1, Math.sqrt(MOST_PIXELS / (wanted.width * wanted.height)));
    const viewport = wanted.clone({ scale: wanted.scale * shrink });
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(viewport.width)),
      Math.max(1, Math.round(viewport.height)),
    );
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) throw new EngineError("OUT_OF_MEMORY", "no canvas of this size");
    // "print" does not wait for animation frames, of which a worker has none.
    await page.render({ canvas: null, canvasContext: asElementContext(context), viewport, intent: "print" }).promise;
    const png = await canvas.convertToBlob({ type: "image/png" });
    return { index, png, width: canvas.width, height: canvas.height, toPoints: toPoints(page, viewport.transform) };
  } finally {
    page.cleanup();
  }
}

/** pdf.js types the context of an element; it draws alike on one off screen. */
function asElementContext(context: OffscreenCanvasRenderingContext2D): never {
  // oxlint-disable-next-line no-unsafe-type-assertion -- see above
  return context as never;
}

/** Pixels → points from the bottom left of the unrotated page: the inverse of the viewport. */
function toPoints({ view, userUnit }: PDFPageProxy, transform: readonly number[]): PageImage["toPoints"] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const [left = 0, bottom = 0] = view;
  const scale = userUnit / (a * d - b * c);
  return [
    d * scale,
    -b * scale,
    -c * scale,
    a * scale,
    (c * f - d * e) * scale - left * userUnit,
    (b * e - a * f) * scale - bottom * userUnit,
  ];
}
