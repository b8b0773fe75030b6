import { transfer } from "comlink";
import type { ChunkSettings, DocumentId, Page } from "#core/model.ts";
import type { OnProgress } from "#core/ports.ts";
import { once } from "../model/once.ts";
import type { RuntimeOptions } from "../model/runtime.ts";
import { exposeApi } from "../wire/expose.ts";
import { SiteEmbedder } from "./embedder.ts";

const load = once((o: RuntimeOptions, on: OnProgress) => SiteEmbedder.load(o, on));
const quiet: OnProgress = () => {};

const api = {
  load: async (o: RuntimeOptions, onProgress: OnProgress) => (await load(o, onProgress)).report,
  vectorStamp: async (o: RuntimeOptions, settings: ChunkSettings) => (await load(o, quiet)).vectorStamp(settings),
  chunkLimit: async (o: RuntimeOptions) => (await load(o, quiet)).chunkLimit(),
  chunk: async (
    o: RuntimeOptions,
    id: DocumentId,
    pages: readonly Page[],
    settings: ChunkSettings,
    signal: AbortSignal,
  ) => (await load(o, quiet)).chunk(id, pages, settings, signal),
  embed: async (
    o: RuntimeOptions,
    texts: readonly string[],
    kind: "query" | "passage",
    signal: AbortSignal,
    on: OnProgress,
  ) => {
    const made = await (await load(o, quiet)).embed(texts, kind, signal, on);
    return transfer(made, [made.vectors.buffer, made.unknown.buffer]);
  },
};
export type EmbedApi = typeof api;
exposeApi(api);
