import { EngineError } from "#core/base/errors.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { Signal } from "#core/ports.ts";
import { poisonsRealm } from "../model/poison.ts";
import type { RuntimeOptions } from "../model/runtime.ts";
import { bridge, callback, untilAborted } from "../wire/bridge.ts";
import type { LlmApi } from "./llm.worker.ts";

/** A language model in its own worker, started at the first call. */
export function llmClient(options: RuntimeOptions): LanguageModel {
  const worker = bridge<LlmApi>(() => new Worker(new URL("./llm.worker.ts", import.meta.url), { type: "module" }), {
    // Refused before anything ran: to load half a gigabyte again would be a high price.
    poisons: (error) => error.code !== "LLM_PROMPT_TOO_LONG" && poisonsRealm(error),
    // One token comes within seconds; a long prompt is read in one go that cannot be stopped.
    abortGrace: 10_000,
  });
  return {
    load: (signal, onProgress) =>
      untilAborted(
        signal,
        worker.run(null, (api) => api.load(options, callback(onProgress))),
      ),
    generate: (request, signal, onText = () => {}) =>
      worker.run(signal, (api) => api.generate(options, request, native(signal), callback(onText))),
    countTokens: (messages) => worker.run(null, (api) => api.countTokens(options, messages)),
    release: () => worker.terminate(new EngineError("WORKER_CRASHED", "the model was released")),
  };
}

/** Ports name only the part of a signal that they need; one that is no AbortSignal (work that nobody stops) cannot cross. */
function native(signal: Signal): AbortSignal {
  return signal instanceof AbortSignal ? signal : new AbortController().signal;
}
