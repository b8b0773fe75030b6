import { type RefObject, useEffect } from "react";
import type { PageIndex } from "#core/model.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import type { DrawQueue } from "./draw-queue.ts";
import { forgetSpans, rememberSpans } from "./selected-text.ts";

interface TextLayer {
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  readonly page: PageIndex;
  readonly rotation: number;
  readonly distance: () => number;
}

/** Keeps the page's text in `holder`, to be selected and copied; laid after the page is drawn. */
export function useTextLayer(
  holder: RefObject<HTMLElement | null>,
  { pdf, queue, page, rotation, distance }: TextLayer,
): void {
  useEffect(() => {
    const element = holder.current;
    if (element === null || pdf === null) return undefined;
    const stop = new AbortController();
    // Half a page later: first all that is seen is drawn, then it can be selected.
    const after = (): number => distance() + 0.5;
    queue
      .run(after, stop.signal, () => pdf.text(page, element, rotation, stop.signal))
      .then(
        ({ spans }) => {
          if (stop.signal.aborted) return;
          const end = document.createElement("div");
          end.dataset["end"] = "";
          element.append(end);
          rememberSpans(element, page, spans);
        },
        // A page that is drawn but has no text layer is still a page; reading it failed at ingest and was said there.
        () => {},
      );
    return () => {
      stop.abort();
      forgetSpans(element);
      element.replaceChildren();
    };
  }, [holder, pdf, queue, page, rotation, distance]);
}
