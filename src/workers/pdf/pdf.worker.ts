import { transfer } from "comlink";
import type { DocumentText } from "#core/model.ts";
import type { OnProgress, Signal } from "#core/ports.ts";
import { pdfReader } from "#pdf/reader.ts";
import { breathe, exposeApi } from "../wire/expose.ts";

const api = {
  async read(assets: string, bytes: ArrayBuffer, signal: Signal, onProgress: OnProgress): Promise<DocumentText> {
    const text = await pdfReader({ assets, breathe }).read(bytes, signal, onProgress);
    const columns = text.pages.flatMap(({ runs }) => [runs.starts.buffer, runs.ends.buffer, runs.boxes.buffer]);
    return transfer(text, columns);
  },
};

export type PdfApi = typeof api;

exposeApi(api);
