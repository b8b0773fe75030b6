import { transfer } from "comlink";
import type { PageRenderer } from "#core/ports.ts";
import { bridge, callback, untilAborted } from "../wire/bridge.ts";
import type { PdfApi } from "./pdf.worker.ts";

/** Drawing one page at 300 dpi is a call of up to some seconds that cannot look at its signal. */
const ABORT_GRACE = 200;

/** Draws pages in a worker of its own: files are read meanwhile. `assets` as in `PdfReaderOptions`. */
export function renderClient(assets: string): PageRenderer {
  const link = bridge<PdfApi>(
    () => new Worker(new URL("./pdf.worker.ts", import.meta.url), { type: "module", name: "pdf-render" }),
    { abortGrace: ABORT_GRACE, poisons: ({ code }) => code === "OUT_OF_MEMORY" || code === "UNEXPECTED" },
  );
  // One canvas at a time: a page at 300 dpi is 35 MB.
  let turn: Promise<unknown> = Promise.resolve();

  return {
    render(file, request, signal, onImage) {
      const result = turn.then(() => {
        const owned = transfer(file, [file.bytes]);
        return link.run(signal, (api) => api.render(assets, owned, request, signal, callback(onImage)));
      });
      turn = result.catch(() => {});
      return untilAborted(signal, result);
    },
  };
}
