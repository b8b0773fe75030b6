import { EngineError, toEngineError } from "#core/base/errors.ts";
import type {
  ChatMessage,
  Generated,
  GenerateRequest,
  LanguageModel,
  LanguageModelReport,
  OnText,
} from "#core/llm/port.ts";
import type { TokenCount } from "#core/model.ts";
import type { OnProgress, Signal } from "#core/ports.ts";
import { contextOf, measure, promptApi, usageOf, type PromptApi, type PromptSession } from "./prompt-api.ts";

const NAME = "built-in";
/** The API has no limit for a reply, and counts tokens only for a question of its own. */
const CHARACTERS_PER_TOKEN = 4;

/** Whether this browser has a language model of its own; asking starts nothing. */
export async function builtInState(): Promise<"absent" | "downloadable" | "ready"> {
  const state = await promptApi()
    ?.availability()
    .catch(() => "unavailable" as const);
  if (state === "available") return "ready";
  return state === "downloadable" || state === "downloading" ? "downloadable" : "absent";
}

/**
 * The browser's own language model. Each call has a session of its own, since a session remembers what was said. A page
 * cannot ask it to be greedy: the settings are for extensions only, elsewhere they are passed over.
 */
export function builtInModel(): LanguageModel {
  let report: LanguageModelReport | null = null;

  return {
    load: (signal, onProgress) =>
      typed(signal, async () => {
        if (report !== null) return report;
        const session = await open([], signal, onProgress);
        const contextTokens = contextOf(session);
        session.destroy();
        const stamp = { id: NAME, revision: "", dtype: "elsewhere", device: "elsewhere" } as const;
        return (report = { stamp, place: { kind: "browser" }, contextTokens, logprobs: 0, schema: true });
      }),
    generate: ({ messages, ...request }, signal, onText) =>
      typed(signal, async () => {
        const session = await open(messages.slice(0, -1), signal);
        try {
          return await answer(session, messages.at(-1)!, request, signal, onText);
        } finally {
          session.destroy();
        }
      }),
    countTokens: (messages) =>
      typed(null, async () => {
        const session = await open(messages.slice(0, -1), null);
        try {
          return (usageOf(session) ?? 0) + ((await measure(session, messages.slice(-1))) ?? 0);
        } finally {
          session.destroy();
        }
      }),
    // The browser gives the memory back by itself: no session outlives its call.
    release: () => (report = null),
  };
}

async function open(
  before: readonly ChatMessage[],
  signal: Signal | null,
  onProgress?: OnProgress,
): Promise<PromptSession> {
  const api: PromptApi | null = promptApi();
  if (api === null || (await api.availability()) === "unavailable") {
    throw new EngineError("MODEL_MISSING", "this browser has no language model", { model: NAME });
  }
  return api.create({
    initialPrompts: before,
    temperature: 0,
    topK: 1,
    ...(signal instanceof AbortSignal ? { signal } : {}),
    monitor: (target) =>
      target.addEventListener("downloadprogress", ({ loaded }) => onProgress?.({ done: loaded, of: 1 })),
  });
}

async function answer(
  session: PromptSession,
  last: ChatMessage,
  { maxTokens, schema }: Omit<GenerateRequest, "messages">,
  signal: Signal,
  onText: OnText | undefined,
): Promise<Generated> {
  const before = usageOf(session);
  const asked = await measure(session, [last]);
  const tokensIn: TokenCount | null = before === null || asked === null ? null : before + asked;
  const context = contextOf(session);
  if (tokensIn !== null && context !== null && tokensIn > context - maxTokens)
    throw tooLong(tokensIn, context - maxTokens);
  const cut = new AbortController();
  const signals = signal instanceof AbortSignal ? [signal, cut.signal] : [cut.signal];
  const reader = session
    .promptStreaming([last], {
      signal: AbortSignal.any(signals),
      ...(schema === undefined ? {} : { responseConstraint: schema.schema }),
    })
    .getReader();
  let text = "";
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream
    const { done, value = "" } = await reader.read();
    signal.throwIfAborted();
    if (done) break;
    text += value;
    // oxlint-disable-next-line no-await-in-loop -- in order
    if (value !== "") await onText?.(value);
    if (text.length > maxTokens * CHARACTERS_PER_TOKEN) {
      cut.abort();
      return { text, finish: "length", tokensIn, tokensOut: null, logprobs: null };
    }
  }
  const after = usageOf(session);
  const tokensOut = after === null || tokensIn === null ? null : Math.max(0, after - tokensIn);
  return { text, finish: "stop", tokensIn, tokensOut, logprobs: null };
}

/** What the API throws, as this page's errors. */
async function typed<T>(signal: Signal | null, work: () => Promise<T>): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (thrown) {
    if (signal?.aborted) throw new EngineError("CANCELLED", "", {}, thrown);
    const { name, requested, quota } = thrown as { name?: string; requested?: number | null; quota?: number | null };
    if (name === "QuotaExceededError") throw tooLong(requested ?? 0, quota ?? 0, thrown);
    if (name === "NotSupportedError" || name === "NotAllowedError" || name === "NetworkError") {
      throw new EngineError("MODEL_MISSING", String((thrown as Error).message), { model: NAME }, thrown);
    }
    throw toEngineError(thrown);
  }
}

function tooLong(tokens: TokenCount, most: TokenCount, cause?: unknown): EngineError {
  return new EngineError("LLM_PROMPT_TOO_LONG", "", { model: NAME, tokens, most: Math.max(0, most) }, cause);
}
