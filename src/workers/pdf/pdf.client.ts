import { transfer } from "comlink";
import type { Page } from "#core/model.ts";
import type { DocumentReader } from "#core/ports.ts";
import { bridge, callback, untilAborted } from "../wire/bridge.ts";
import type { PdfApi } from "./pdf.worker.ts";

/**
 * Rebuilding a broken file takes one call of up to 7 s that cannot look at its signal, and a new worker costs 0.1 s:
 * so an abort may kill early. Between pages the signal is seen long before.
 */
const ABORT_GRACE = 200;

/** Reads PDFs in a worker of its own, one at a time. `assets` as in `PdfReaderOptions`. */
export function pdfClient(assets: string): DocumentReader {
  const link = bridge<PdfApi>(
    () => new Worker(new URL("./pdf.worker.ts", import.meta.url), { type: "module", name: "pdf" }),
    { abortGrace: ABORT_GRACE, poisons: ({ code }) => code === "OUT_OF_MEMORY" || code === "UNEXPECTED" },
  );
  // One thread: two files at once would only double the memory, and cancelling one could kill the other.
  let turn: Promise<unknown> = Promise.resolve();

  return {
    read(file, signal, onProgress) {
      const pages: Page[] = [];
      const collect = callback((batch: readonly Page[]) => void pages.push(...batch));
      const result = turn.then(async () => {
        const owned = transfer(file, [file.bytes]);
        const rest = await link.run(signal, (api) => api.read(assets, owned, signal, callback(onProgress), collect));
        return { ...rest, pages };
      });
      turn = result.catch(() => {});
      // Cancelled while it waits: it need not wait its turn to say so.
      return untilAborted(signal, result);
    },
  };
}
