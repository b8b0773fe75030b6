import type { DocumentText, Page } from "#core/model.ts";
import type { OnProgress, Signal, SourceFile } from "#core/ports.ts";
import { textReader } from "#formats/reader.ts";
import { breathe, exposeApi } from "../wire/expose.ts";

/** Sections per message, as pages in the pdf worker. */
const BATCH = 64;
const api = {
  async read(file: SourceFile, signal: Signal, onProgress: OnProgress, onPages: (pages: readonly Page[]) => unknown) {
    const { pages, ...rest }: DocumentText = await textReader({ breathe }).read(file, signal, onProgress);
    // oxlint-disable-next-line no-await-in-loop -- the answer must not overtake a batch
    for (let from = 0; from < pages.length; from += BATCH) await onPages(pages.slice(from, from + BATCH));
    return rest;
  },
};

export type TextApi = typeof api;
exposeApi(api);
