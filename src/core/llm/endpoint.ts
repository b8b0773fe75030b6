import type { TokenCount } from "../model.ts";

/** Servers that a base URL is known of, and how each is told to let a page ask it (`ui/words/endpoint-errors.ts`). */
export const ENDPOINT_PRESETS = [
  { id: "ollama", name: "Ollama", base: "http://localhost:11434/v1", context: 4096 },
  { id: "lm-studio", name: "LM Studio", base: "http://localhost:1234/v1", context: null },
  { id: "llama-cpp", name: "llama.cpp server", base: "http://localhost:8080/v1", context: null },
  { id: "vllm", name: "vLLM", base: "http://localhost:8000/v1", context: null },
  { id: "openai", name: "OpenAI", base: "https://api.openai.com/v1", context: 128_000 },
  { id: "openrouter", name: "OpenRouter", base: "https://openrouter.ai/api/v1", context: null },
] as const;

/** The same for servers that speak Cohere's rerank protocol; `path` is what stands behind the base URL. */
export const RERANK_PRESETS = [
  { id: "cohere", name: "Cohere", base: "https://api.cohere.com", path: "/v2/rerank" },
  { id: "jina", name: "Jina AI", base: "https://api.jina.ai", path: "/v1/rerank" },
  { id: "voyage", name: "Voyage AI", base: "https://api.voyageai.com", path: "/v1/rerank" },
  { id: "tei", name: "Text Embeddings Inference", base: "http://localhost:8080", path: "/rerank" },
  { id: "vllm", name: "vLLM", base: "http://localhost:8000", path: "/v2/rerank" },
  { id: "llama-cpp", name: "llama.cpp server", base: "http://localhost:8080", path: "/v1/rerank" },
] as const;

export interface Endpoint {
  /** Id of a preset, for advice; empty for another server. */
  readonly server: string;
  /** `https://host/v1`, without a slash at its end. */
  readonly base: string;
  readonly model: string;
  /** Empty where none is needed. In memory; at rest only if the person says so. */
  readonly key: string;
  /** Seconds without a word before a call is given up. */
  readonly patience: number;
}

export interface ChatEndpoint extends Endpoint {
  /** Prompt and reply together; null: as the server says, or not known. */
  readonly context: TokenCount | null;
}

export interface RerankEndpoint extends Endpoint {
  readonly path: string;
}

/** A model loaded for the first time may need a minute before its first word. */
export const PATIENCE = { usual: 90, min: 1, max: 900 } as const;

/** A base URL as it is used; null where it is none. `localhost:1234` is one, without its scheme. */
export function baseFrom(text: string): string | null {
  const typed = text.trim().replace(/\/+$/, "");
  if (typed === "") return null;
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(typed);
  const whole = /^https?:\/\//i.test(typed) ? typed : `${isLocal ? "http" : "https"}://${typed}`;
  // core has no URL; what fetch would refuse, the frame says.
  const found = /^(https?):\/\/([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?((?:\/[\w.~%-]+)*)$/i.exec(whole);
  return found === null
    ? null
    : `${found[1]!.toLowerCase()}://${found[2]!.toLowerCase()}${found[3] ?? ""}${found[4] ?? ""}`;
}

/** `host:port` of a base URL: what is said of where text goes. */
export function hostOf(base: string): string {
  return /^https?:\/\/([^/]+)/.exec(base)?.[1] ?? base;
}
