import { TextLayer, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface TextLayerHandle {
  /** The spans of the page's runs in drawing order, those of empty runs left out, as the text layer's reader counts. */
  readonly spans: readonly HTMLElement[];
  turn(rotation: number): void;
}

/**
 * Lays the page's text over it. Sizes inside follow the custom property `--total-scale-factor` (CSS pixels per unit of
 * the page), so that zooming needs no new layer; `--user-unit` is set here for whoever computes it.
 */
export async function layText(
  page: PDFPageProxy,
  container: HTMLElement,
  rotation: number,
  signal: AbortSignal,
): Promise<TextLayerHandle> {
  container.style.setProperty("--user-unit", String(page.userUnit));
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container,
    viewport: page.getViewport({ scale: 1, rotation }),
  });
  const cancel = (): void => layer.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    await layer.render();
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  return {
    spans: layer.textDivs.filter((_, i) => layer.textContentItemsStr[i] !== ""),
    turn: (to) => layer.update({ viewport: page.getViewport({ scale: 1, rotation: to }) }),
  };
}
