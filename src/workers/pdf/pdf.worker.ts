import type { DocumentText, Page } from "#core/model.ts";
import type { OnPageImage, OnProgress, RenderRequest, Signal, SourceFile } from "#core/ports.ts";
import { pdfReader, type PdfReaderOptions } from "#pdf/reader.ts";
import { renderPages } from "#pdf/render.ts";
import { breathe, exposeApi } from "../wire/expose.ts";

/** Pages per message: 619 in one made the page's thread stall for 60 ms. */
const BATCH = 64;
type OnPages = (pages: readonly Page[]) => Promise<void> | void;
type ReadOptions = Pick<PdfReaderOptions, "assets" | "skip">;

const api = {
  async read(options: ReadOptions, file: SourceFile, signal: Signal, onProgress: OnProgress, onPages: OnPages) {
    const { pages, ...rest }: DocumentText = await pdfReader({ ...options, breathe }).read(file, signal, onProgress);
    // oxlint-disable-next-line no-await-in-loop -- the answer must not overtake a batch
    for (let from = 0; from < pages.length; from += BATCH) await onPages(pages.slice(from, from + BATCH));
    return rest;
  },

  async render(
    assets: string,
    file: Pick<SourceFile, "bytes" | "password">,
    request: RenderRequest,
    signal: Signal,
    onImage: OnPageImage,
  ) {
    await renderPages(file, assets, request, signal, onImage);
  },
};

export type PdfApi = typeof api;
exposeApi(api);
