import type { ChatMessage, GenerateRequest, OnText } from "#core/llm/port.ts";
import type { OnProgress } from "#core/ports.ts";
import { once } from "../model/once.ts";
import type { RuntimeOptions } from "../model/runtime.ts";
import { exposeApi } from "../wire/expose.ts";
import { SiteGenerator } from "./generator.ts";

const load = once((o: RuntimeOptions, on: OnProgress) => SiteGenerator.load(o, on));
const loaded = (o: RuntimeOptions) => load(o, () => {});

const api = {
  load: async (o: RuntimeOptions, onProgress: OnProgress) => (await load(o, onProgress)).report,
  generate: async (o: RuntimeOptions, request: GenerateRequest, signal: AbortSignal, onText: OnText) =>
    (await loaded(o)).generate(request, signal, onText),
  countTokens: async (o: RuntimeOptions, messages: readonly ChatMessage[]) => (await loaded(o)).countTokens(messages),
};
export type LlmApi = typeof api;
exposeApi(api);
