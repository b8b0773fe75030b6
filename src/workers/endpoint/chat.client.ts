import { EngineError, toEngineError } from "#core/base/errors.ts";
import { hostOf, type ChatEndpoint } from "#core/llm/endpoint.ts";
import type { Generated, GenerateRequest, LanguageModel, LanguageModelReport, OnText } from "#core/llm/port.ts";
import type { Signal } from "#core/ports.ts";
import { estimatePrompt } from "#core/llm/cut.ts";
import { ask, badReply, jsonOf, type EndpointAnswer } from "./ask.client.ts";
import { choiceOf, Collector } from "./chat-reply.ts";
import type { EndpointFrames } from "./frame.client.ts";
import { listModels } from "./models.client.ts";
import { eventsOf } from "./sse.ts";

/** What OpenAI gives at most; others give as many or fewer. */
const MOST_CHANCES = 20;

/** What a server may not know: left out once it has refused it. */
interface Features {
  schema: boolean;
  logprobs: boolean;
  usage: boolean;
  temperature: boolean;
  /** OpenAI's newer models want another name for the same. */
  limit: "max_tokens" | "max_completion_tokens";
}

/** A language model behind an endpoint that speaks OpenAI's chat protocol. */
export function chatClient(frames: EndpointFrames, endpoint: ChatEndpoint): LanguageModel {
  const features: Features = { schema: true, logprobs: true, usage: true, temperature: true, limit: "max_tokens" };
  let context = endpoint.context;
  let asked = endpoint.context !== null;

  const report = (): LanguageModelReport => ({
    stamp: { id: endpoint.model, revision: hostOf(endpoint.base), dtype: "elsewhere", device: "elsewhere" },
    place: { kind: "endpoint", host: hostOf(endpoint.base) },
    contextTokens: context,
    logprobs: features.logprobs ? MOST_CHANCES : 0,
    schema: features.schema,
  });

  async function send(request: GenerateRequest, signal: Signal): Promise<EndpointAnswer> {
    for (;;) {
      try {
        return await ask(
          frames,
          endpoint,
          { method: "POST", path: "/chat/completions", body: bodyOf(request) },
          signal,
        );
      } catch (thrown) {
        const error = toEngineError(thrown);
        const { status, message } = error.facts;
        if ((status !== 400 && status !== 422) || !leaveOut(features, String(message), request)) throw error;
      }
    }
  }

  function bodyOf({ messages, maxTokens, schema, logprobs }: GenerateRequest): object {
    return {
      model: endpoint.model,
      messages,
      stream: true,
      [features.limit]: maxTokens,
      ...(features.temperature ? { temperature: 0 } : {}),
      ...(features.usage ? { stream_options: { include_usage: true } } : {}),
      ...(schema !== undefined && features.schema
        ? { response_format: { type: "json_schema", json_schema: { ...schema, strict: true } } }
        : {}),
      ...(logprobs !== undefined && features.logprobs ? { logprobs: true, top_logprobs: logprobs } : {}),
    };
  }

  return {
    async load(signal) {
      if (!asked) {
        asked = true;
        // Servers say how long a prompt may be where they list their models; not all do, and none has to.
        const models = await listModels(frames, endpoint, signal).catch((thrown: unknown) => {
          if (toEngineError(thrown).code === "CANCELLED") {
            asked = false;
            throw thrown;
          }
          return [];
        });
        context = models.find(({ id }) => id === endpoint.model)?.context ?? null;
      }
      return report();
    },
    async generate(request: GenerateRequest, signal: Signal, onText: OnText = () => {}): Promise<Generated> {
      const answer = await send(request, signal);
      if (!answer.type.includes("event-stream")) {
        const generated = choiceOf(await jsonOf(answer, endpoint));
        if (generated === null) throw badReply(endpoint, "no choices");
        await onText(generated.text);
        return generated;
      }
      const collector = new Collector();
      for await (const event of eventsOf(answer.body)) {
        if (event === "[DONE]") {
          collector.isDone = true;
          break;
        }
        const delta = collector.add(event);
        if (delta === null) throw badReply(endpoint, event);
        if (delta !== "") await onText(delta);
      }
      if (!collector.isDone)
        throw new EngineError("ENDPOINT_BAD_REPLY", "the stream broke off", {
          host: hostOf(endpoint.base),
          broken: true,
        });
      return collector.generated;
    },
    countTokens: (messages) => Promise.resolve(estimatePrompt(messages)),
    release: () => frames.close(new URL(endpoint.base).origin),
  };
}

/** Gives up what a refusal is about; false where there is nothing left to give up. */
function leaveOut(features: Features, message: string, { schema, logprobs }: GenerateRequest): boolean {
  const mentions = (pattern: RegExp): boolean => pattern.test(message);
  if (features.limit === "max_tokens" && mentions(/max_completion_tokens/)) {
    features.limit = "max_completion_tokens";
    return true;
  }
  if (features.temperature && mentions(/temperature/i)) return !(features.temperature = false);
  if (features.usage && mentions(/stream_options|include_usage/i)) return !(features.usage = false);
  const usesChances = features.logprobs && logprobs !== undefined;
  const usesSchema = features.schema && schema !== undefined;
  if (usesChances && mentions(/logprob/i)) return !(features.logprobs = false);
  if (usesSchema && mentions(/response_format|json_schema|schema|grammar/i)) return !(features.schema = false);
  // A refusal that does not say of what.
  if (usesChances) return !(features.logprobs = false);
  if (usesSchema) return !(features.schema = false);
  return false;
}
