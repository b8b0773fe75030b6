import type { OnProgress, OnScores, Passage } from "#core/ports.ts";
import { once } from "../model/once.ts";
import type { RuntimeOptions } from "../model/runtime.ts";
import { exposeApi } from "../wire/expose.ts";
import { SiteReranker } from "./reranker.ts";

const load = once((o: RuntimeOptions, on: OnProgress) => SiteReranker.load(o, on));

const api = {
  load: async (o: RuntimeOptions, onProgress: OnProgress) => (await load(o, onProgress)).report,
  score: async (
    o: RuntimeOptions,
    query: string,
    passages: readonly Passage[],
    signal: AbortSignal,
    onScores: OnScores,
  ) => (await load(o, () => {})).score(query, passages, signal, onScores),
};
export type RerankApi = typeof api;
exposeApi(api);
