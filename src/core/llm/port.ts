import type { ModelStamp, Progress, TokenCount } from "../model.ts";
import type { Signal } from "../ports.ts";

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One call: greedy, temperature 0, always. A back-end that samples scrambles permutations (≈ 0.02 nDCG@10). */
export interface GenerateRequest {
  readonly messages: readonly ChatMessage[];
  /** Most tokens of the reply. */
  readonly maxTokens: TokenCount;
  /** What the reply must look like; heeded where `LanguageModelReport.schema`, else ignored. */
  readonly schema?: { readonly name: string; readonly schema: JsonSchema };
  /** So many likely tokens with each token of the reply, at most `LanguageModelReport.logprobs`; absent: none. */
  readonly logprobs?: number;
}

export interface TokenChance {
  readonly token: string;
  /** Natural logarithm of its probability. */
  readonly logprob: number;
}

export interface GeneratedToken extends TokenChance {
  /** The likeliest in its place, best first, itself among them where it is one. */
  readonly top: readonly TokenChance[];
}

export interface Generated {
  /** The reply, whole, with the model's thinking where it shows it. */
  readonly text: string;
  /** `length`: cut at `maxTokens`. */
  readonly finish: "stop" | "length" | "other";
  /** As the model or its server counted; null where it does not say. */
  readonly tokensIn: TokenCount | null;
  readonly tokensOut: TokenCount | null;
  /** One per token of the reply; null where they were not asked for, or the server gave none. */
  readonly logprobs: readonly GeneratedToken[] | null;
}

/** Where a language model runs, and so where the text goes that it is shown. */
export type LanguageModelPlace =
  | { readonly kind: "tab" }
  /** Part of the browser (Prompt API). */
  | { readonly kind: "browser" }
  /** Named by host and port: the text leaves the tab. */
  | { readonly kind: "endpoint"; readonly host: string };

export interface LanguageModelReport {
  readonly stamp: ModelStamp;
  readonly place: LanguageModelPlace;
  /** Prompt and reply together; null where nobody says. */
  readonly contextTokens: TokenCount | null;
  /** Most `top` tokens that it gives; 0: none. */
  readonly logprobs: number;
  /** Whether it can be held to a schema. */
  readonly schema: boolean;
}

/** In a worker this is a call to another thread, and a promise. */
export type OnText = (delta: string) => void | Promise<void>;

/** A language model that follows instructions. One call at a time. */
export interface LanguageModel {
  /**
   * Loads what is needed, once; asks nobody anything that the person did not turn on.
   * @throws MODEL_MISSING, MODEL_CORRUPT, OUT_OF_MEMORY, DEVICE_LOST, WORKER_CRASHED, ENDPOINT_*, CANCELLED
   */
  load(signal: Signal, onProgress: (progress: Progress) => void): Promise<LanguageModelReport>;
  /**
   * `onText` sees the reply as it comes.
   * @throws LLM_PROMPT_TOO_LONG {tokens, most}, ENDPOINT_UNREACHABLE, ENDPOINT_CORS, ENDPOINT_AUTH, ENDPOINT_TIMEOUT, ENDPOINT_BUSY, ENDPOINT_FAILED {status}, WORKER_CRASHED, CANCELLED
   */
  generate(request: GenerateRequest, signal: Signal, onText?: OnText): Promise<Generated>;
  /** Tokens of a prompt as the model reads it: exact where its tokenizer is at hand, else an estimate. */
  countTokens(messages: readonly ChatMessage[]): Promise<TokenCount>;
  /** Gives the memory back; the next call loads again. */
  release(): void;
}
