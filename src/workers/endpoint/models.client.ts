import type { Endpoint } from "#core/llm/endpoint.ts";
import type { TokenCount } from "#core/model.ts";
import type { Signal } from "#core/ports.ts";
import { ask, badReply, jsonOf } from "./ask.client.ts";
import type { EndpointFrames } from "./frame.client.ts";

export interface OfferedModel {
  readonly id: string;
  /** Prompt and reply together; null where the server does not say. */
  readonly context: TokenCount | null;
}

/** What `/models` lists. @throws as `ask`; ENDPOINT_BAD_REPLY */
export async function listModels(frames: EndpointFrames, endpoint: Endpoint, signal: Signal): Promise<OfferedModel[]> {
  const answer = await ask(frames, endpoint, { method: "GET", path: "/models", body: null }, signal);
  const value = await jsonOf(answer, endpoint);
  const data: unknown = typeof value === "object" && value !== null && "data" in value ? value.data : value;
  if (!Array.isArray(data)) throw badReply(endpoint, "no list of models");
  return (data as Record<string, unknown>[]).flatMap((model) =>
    typeof model["id"] === "string" ? [{ id: model["id"], context: contextOf(model) }] : [],
  );
}

/** vLLM, OpenRouter, LM Studio, llama.cpp: each says it in a place of its own. */
function contextOf(model: Record<string, unknown>): TokenCount | null {
  const meta = model["meta"] as Record<string, unknown> | null | undefined;
  const found = [
    model["max_model_len"],
    model["context_length"],
    model["loaded_context_length"],
    model["max_context_length"],
    meta?.["n_ctx"],
    meta?.["n_ctx_train"],
  ].find((value) => typeof value === "number" && value > 0);
  return typeof found === "number" ? found : null;
}
