import { transfer } from "comlink";
import type { Page } from "#core/model.ts";
import type { DocumentReader } from "#core/ports.ts";
import { bridge, callback, untilAborted } from "../wire/bridge.ts";
import type { TextApi } from "./text.worker.ts";

/** marked and mammoth do a whole file in one call that cannot look at its signal. */
const ABORT_GRACE = 200;

/** Reads text, Markdown, HTML and Word documents in a worker of its own, one at a time. */
export function textClient(): DocumentReader {
  const link = bridge<TextApi>(
    () => new Worker(new URL("./text.worker.ts", import.meta.url), { type: "module", name: "text" }),
    { abortGrace: ABORT_GRACE, poisons: ({ code }) => code === "OUT_OF_MEMORY" || code === "UNEXPECTED" },
  );
  let turn: Promise<unknown> = Promise.resolve();

  return {
    read(file, signal, onProgress) {
      const pages: Page[] = [];
      const collect = callback((batch: readonly Page[]) => void pages.push(...batch));
      const result = turn.then(async () => {
        const owned = transfer(file, [file.bytes]);
        const rest = await link.run(signal, (api) => api.read(owned, signal, callback(onProgress), collect));
        return { ...rest, pages };
      });
      turn = result.catch(() => {});
      return untilAborted(signal, result);
    },
  };
}
