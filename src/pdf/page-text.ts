import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { EngineError } from "#core/base/errors.ts";
import type { Signal } from "#core/ports.ts";
import type { PdfLimits } from "./limits.ts";
import type { Item, Styles } from "./runs.ts";

export interface PageText {
  readonly items: readonly Item[];
  readonly styles: Styles;
  /** There was more than the limit. */
  readonly cut: boolean;
}

/**
 * Longest stretch without a look at messages, in milliseconds: an abort shall not wait for a long page, and a look
 * costs a tenth of a short one.
 */
export const STRETCH = 50;

/** The text of one page piece by piece, so that it can be ended: by the signal, the clock or its length. */
export async function readText(
  page: PDFPageProxy,
  limits: Pick<PdfLimits, "characters" | "items" | "pageTime">,
  breathe: () => Promise<void>,
  signal: Signal,
): Promise<PageText> {
  const items: Item[] = [];
  const styles: Styles = {};
  let room = limits.characters;
  const started = performance.now();
  let breathed = started;
  const stream: ReadableStream<{ items: Item[]; styles: Styles }> = page.streamTextContent({
    includeMarkedContent: true,
  });
  const reader = stream.getReader();
  const stop = async (reason: string): Promise<void> => {
    await reader.cancel(new Error(reason));
  };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after another
    const { value, done } = await reader.read();
    if (done) return { items, styles, cut: false };
    Object.assign(styles, value.styles);
    for (const item of value.items) {
      const length = "str" in item ? item.str.length : 0;
      if (length > room || items.length === limits.items) {
        if (items.length === 0 && "str" in item) items.push(shortened(item, room));
        // oxlint-disable-next-line no-await-in-loop -- the last
        await stop("long enough");
        return { items, styles, cut: true };
      }
      room -= length;
      items.push(item);
    }
    const now = performance.now();
    if (now - started > limits.pageTime) {
      // oxlint-disable-next-line no-await-in-loop -- the last
      await stop("too slow");
      throw new EngineError("PDF_DAMAGED", "a page took too long", { reason: "timeout" });
    }
    if (now - breathed > STRETCH) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await breathe();
      signal.throwIfAborted();
      breathed = performance.now();
    }
  }
}

/** A single run longer than a page may be. */
function shortened(item: Extract<Item, { str: string }>, room: number): Item {
  const str = item.str.slice(0, room).replace(/[\uD800-\uDBFF]$/, "");
  return { ...item, str, width: (item.width * str.length) / item.str.length };
}
