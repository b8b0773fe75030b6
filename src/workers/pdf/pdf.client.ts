import { transfer } from "comlink";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentText, Page, PageIndex } from "#core/model.ts";
import type { DocumentReader, OnProgress, Signal, SourceFile } from "#core/ports.ts";
import { bridge, callback, untilAborted } from "../wire/bridge.ts";
import type { PdfApi } from "./pdf.worker.ts";
import { watchdog } from "./watchdog.ts";

/**
 * Rebuilding a broken file takes one call of up to 7 s that cannot look at its signal, and a new worker costs 0.1 s:
 * so an abort may kill early. Between pages the signal is seen long before.
 */
const ABORT_GRACE = 200;
/** A page ends itself after 20 s where it can; one that cannot is ended from outside. */
const SILENCE = 25_000;
/** Pages that may be lost so; a file with more of them is hopeless. */
const MOST_SKIPPED = 3;

/** Reads PDFs in a worker of its own, one at a time. `assets` as in `PdfReaderOptions`. */
export function pdfClient(assets: string, { silence = SILENCE, mostSkipped = MOST_SKIPPED } = {}): DocumentReader {
  const link = bridge<PdfApi>(
    () => new Worker(new URL("./pdf.worker.ts", import.meta.url), { type: "module", name: "pdf" }),
    { abortGrace: ABORT_GRACE, poisons: ({ code }) => code === "OUT_OF_MEMORY" || code === "UNEXPECTED" },
  );
  // One thread: two files at once would only double the memory, and cancelling one could kill the other.
  let turn: Promise<unknown> = Promise.resolve();

  async function read(file: SourceFile, signal: Signal, onProgress: OnProgress): Promise<DocumentText> {
    // The worker takes the bytes with it when it is ended; a blob need not stay in memory.
    const copy = new Blob([file.bytes]);
    const skip: PageIndex[] = [];
    let { bytes } = file;
    for (;;) {
      const watch = watchdog(silence, onProgress, () => link.terminate(tooSlow()));
      const pages: Page[] = [];
      const collect = callback((batch: readonly Page[]) => void pages.push(...batch));
      const owned = transfer({ ...file, bytes }, [bytes]);
      try {
        // oxlint-disable-next-line no-await-in-loop -- one attempt after another
        const rest = await link.run(signal, (api) =>
          api.read({ assets, skip }, owned, signal, callback(watch.onProgress), collect),
        );
        return { ...rest, pages };
      } catch (thrown) {
        const last = watch.barked();
        // Without pages it is the file as a whole that does not open.
        if (signal.aborted || last === null || last.of === 0 || skip.length === mostSkipped) throw thrown;
        skip.push(last.done);
        // oxlint-disable-next-line no-await-in-loop -- as above
        bytes = await copy.arrayBuffer();
      } finally {
        watch.stop();
      }
    }
  }

  return {
    read(file, signal, onProgress) {
      const result = turn.then(() => read(file, signal, onProgress));
      turn = result.catch(() => {});
      // Cancelled while it waits: it need not wait its turn to say so.
      return untilAborted(signal, result);
    },
  };
}

function tooSlow(): EngineError {
  return new EngineError("PDF_DAMAGED", "the reader did not come back", { reason: "timeout" });
}
