import { useEffect, useEffectEvent, useState } from "react";
import { toEngineError } from "#core/base/errors.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import type { OpenDocument } from "#state/reader-view.ts";
import { useAssets, useReaderActions } from "../reader-context.ts";

/** Opens the file for drawing; null until it is. What stands in the way is reported to the store. */
export function usePdfView({ file, password }: OpenDocument): PdfView | null {
  const [view, setView] = useState<PdfView | null>(null);
  const assets = useAssets();
  const actions = useReaderActions();

  const report = useEffectEvent((thrown: unknown) => {
    const error = toEngineError(thrown);
    if (error.code === "PDF_ENCRYPTED") actions.reportLocked(error.facts["wrongPassword"] === true);
    else actions.reportFailed(error.data);
  });

  useEffect(() => {
    const stop = new AbortController();
    let opened: PdfView | null = null;
    const open = async (): Promise<void> => {
      const { openPdfView } = await import("#pdf/viewer/open.ts");
      opened = await openPdfView(file, password, assets, stop.signal);
      if (stop.signal.aborted) opened.close();
      else setView(opened);
    };
    open().catch((thrown: unknown) => {
      if (!stop.signal.aborted) report(thrown);
    });
    return () => {
      stop.abort();
      opened?.close();
      setView(null);
    };
  }, [file, password, assets]);

  return view;
}
