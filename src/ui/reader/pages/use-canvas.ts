import { type RefObject, useEffect, useState } from "react";
import type { PageIndex } from "#core/model.ts";
import type { DrawSettings, PdfView } from "#pdf/viewer/open.ts";
import type { DrawQueue } from "./draw-queue.ts";

export interface Drawing extends DrawSettings {
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  readonly page: PageIndex;
  /** As for `DrawQueue.run`. */
  readonly distance: () => number;
}

/** Frees the pixels at once; the garbage collector would wait. */
function free(holder: HTMLElement): void {
  for (const canvas of holder.querySelectorAll("canvas")) canvas.width = 0;
  holder.replaceChildren();
}

/**
 * Keeps a canvas of the page in `holder`. While a new one is drawn the old one stays, stretched, so that zooming never
 * flashes white; leaving the screen stops the drawing and frees the canvas.
 */
export function useCanvas(
  holder: RefObject<HTMLElement | null>,
  { pdf, queue, page, scale, rotation, distance }: Drawing,
): "waiting" | "drawn" | "failed" {
  const [state, setState] = useState<"waiting" | "drawn" | "failed">("waiting");

  useEffect(() => {
    if (pdf === null) return undefined;
    const stop = new AbortController();
    queue
      .run(distance, stop.signal, () => pdf.draw(page, { scale, rotation }, stop.signal))
      .then(
        (canvas) => {
          if (holder.current === null || stop.signal.aborted) {
            canvas.width = 0;
            return;
          }
          free(holder.current);
          holder.current.append(canvas);
          setState("drawn");
        },
        () => {
          if (!stop.signal.aborted) setState("failed");
        },
      );
    return () => stop.abort();
  }, [holder, pdf, queue, page, scale, rotation, distance]);

  // A page of another turn, stretched, would be wrong; and nothing may stay behind.
  useEffect(() => {
    const element = holder.current;
    return () => {
      if (element !== null) free(element);
      pdf?.release(page);
    };
  }, [holder, pdf, page, rotation]);

  return state;
}
