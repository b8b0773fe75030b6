import type { ChatMessage, JsonSchema } from "#core/llm/port.ts";
import type { TokenCount } from "#core/model.ts";

/** The part of the Prompt API (webmachinelearning/prompt-api) that is used; TypeScript does not know it yet. */
export interface PromptApi {
  availability(): Promise<"unavailable" | "downloadable" | "downloading" | "available">;
  create(options: {
    readonly initialPrompts?: readonly ChatMessage[];
    readonly temperature?: number;
    readonly topK?: number;
    readonly signal?: AbortSignal;
    readonly monitor?: (target: {
      addEventListener(type: "downloadprogress", listener: (event: { readonly loaded: number }) => void): void;
    }) => void;
  }): Promise<PromptSession>;
}

type Measure = (input: readonly ChatMessage[]) => Promise<number>;

/** In 2026 the three names of what is counted changed; Chromes before that have the old ones only. */
export interface PromptSession {
  promptStreaming(
    input: readonly ChatMessage[],
    options: { readonly signal: AbortSignal; readonly responseConstraint?: JsonSchema },
  ): ReadableStream<string>;
  destroy(): void;
  readonly contextWindow?: number;
  readonly contextUsage?: number;
  readonly measureContextUsage?: Measure;
  readonly inputQuota?: number;
  readonly inputUsage?: number;
  readonly measureInputUsage?: Measure;
}

/** null in a browser without it. */
export function promptApi(): PromptApi | null {
  return (globalThis as { LanguageModel?: PromptApi }).LanguageModel ?? null;
}

export function contextOf({ contextWindow, inputQuota }: PromptSession): TokenCount | null {
  return known(contextWindow ?? inputQuota);
}

/** Of all that was said so far. */
export function usageOf({ contextUsage, inputUsage }: PromptSession): TokenCount | null {
  return known(contextUsage ?? inputUsage);
}

export async function measure(session: PromptSession, input: readonly ChatMessage[]): Promise<TokenCount | null> {
  // As methods: an object of the browser wants to be `this`.
  return known(await (session.measureContextUsage?.(input) ?? session.measureInputUsage?.(input)));
}

/** A browser may say Infinity. */
function known(value: number | undefined): TokenCount | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
