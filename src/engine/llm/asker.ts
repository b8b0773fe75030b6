import { EngineError, toEngineError, type ErrorCode } from "#core/base/errors.ts";
import type { ChatMessage, Generated, GenerateRequest, LanguageModel, LanguageModelReport } from "#core/llm/port.ts";
import type { ChunkId } from "#core/model.ts";
import type { Passage, Signal } from "#core/ports.ts";
import { fitted, FLOOR_WORDS } from "#core/rerank/llm/fit.ts";
import type { LlmCall, LlmReading } from "#core/rerank/llm/run.ts";
import type { Span } from "#core/rerank/llm/sliding.ts";

/** So many failures in a row, and the model is not asked again. */
const PATIENCE = 3;
/** These do not come right by asking once more. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "ENDPOINT_AUTH",
  "ENDPOINT_CORS",
  "ENDPOINT_UNREACHABLE",
  "LLM_OFF",
  "MODEL_MISSING",
  "MODEL_CORRUPT",
  "WORKER_CRASHED",
  "OUT_OF_MEMORY",
  "DEVICE_LOST",
]);

export interface Question extends Pick<GenerateRequest, "maxTokens" | "schema" | "logprobs"> {
  readonly passages: readonly Passage[];
  readonly build: (words: number) => readonly ChatMessage[];
  readonly read: (answer: Generated) => LlmReading;
  readonly span?: Span;
  readonly pass?: number;
  readonly shuffle?: number;
}

/** Asks a language model one thing after another, fits prompts into its context, and writes down everything that was said. */
export class Asker {
  readonly calls: LlmCall[] = [];
  readonly #model: LanguageModel;
  readonly #report: LanguageModelReport;
  readonly #words: number;
  readonly #signal: Signal;
  readonly #onCall: () => void;
  #failures = 0;

  constructor(
    model: LanguageModel,
    report: LanguageModelReport,
    words: number,
    signal: Signal,
    onCall: () => void = () => {},
  ) {
    this.#model = model;
    this.#report = report;
    this.#words = words;
    this.#signal = signal;
    this.#onCall = onCall;
  }

  /** What was read from the reply; null where the call failed and others may not. @throws CANCELLED, and what is hopeless */
  async ask(question: Question): Promise<LlmReading | null> {
    const { passages, build, read, maxTokens, schema, logprobs, span = null, pass = 1, shuffle = 0 } = question;
    this.#signal.throwIfAborted();
    const budget = this.#report.contextTokens === null ? null : this.#report.contextTokens - maxTokens;
    const count = (messages: readonly ChatMessage[]) => this.#model.countTokens(messages);
    const fit = await fitted(build, count, passages.length, this.#words, budget);
    if (fit === null) {
      const facts = { tokens: await count(build(FLOOR_WORDS)), most: budget };
      throw new EngineError("LLM_PROMPT_TOO_LONG", "the shortest prompt does not fit", facts);
    }
    const started = performance.now();
    const request: GenerateRequest = {
      messages: fit.messages,
      maxTokens,
      ...(schema !== undefined && this.#report.schema ? { schema } : {}),
      ...(logprobs !== undefined && this.#report.logprobs > 0
        ? { logprobs: Math.min(logprobs, this.#report.logprobs) }
        : {}),
    };
    const base = {
      number: this.calls.length + 1,
      span,
      pass,
      shuffle,
      chunkIds: passages.map(({ id }): ChunkId => id),
      messages: fit.messages,
      words: fit.words,
      estimatedIn: fit.tokens,
    };
    let partial = "";
    try {
      const answer = await this.#model.generate(request, this.#signal, (delta) => {
        partial += delta;
      });
      const reading = read(answer);
      const { text, tokensIn, tokensOut } = answer;
      const milliseconds = performance.now() - started;
      this.calls.push({ ...base, reply: text, reading, tokensIn, tokensOut, milliseconds, error: null });
      this.#failures = 0;
      this.#onCall();
      return reading;
    } catch (thrown) {
      const error = toEngineError(thrown);
      const milliseconds = performance.now() - started;
      const failed = {
        reply: partial,
        reading: null,
        tokensIn: null,
        tokensOut: null,
        milliseconds,
        error: error.data,
      };
      this.calls.push({ ...base, ...failed });
      if (error.code === "CANCELLED" || this.#signal.aborted) throw error;
      this.#failures += 1;
      this.#onCall();
      if (HOPELESS.has(error.code) || this.#failures >= PATIENCE) throw error;
      return null;
    }
  }

  /** The most passages, up to `most`, of which any so many fit into one prompt. */
  async windowThatFits(
    passages: readonly Passage[],
    most: number,
    build: (texts: readonly string[]) => readonly ChatMessage[],
    outTokens: (n: number) => number,
  ): Promise<number> {
    const context = this.#report.contextTokens;
    if (context === null) return most;
    const longest = passages.map(({ text }) => text).toSorted((a, b) => b.length - a.length);
    const fits = async (n: number): Promise<boolean> =>
      (await this.#model.countTokens(build(longest.slice(0, n)))) + outTokens(n) <= context;
    let [low, high] = [2, Math.min(most, longest.length)];
    if (high <= 2 || (await fits(high))) return most;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await fits(middle)) low = middle;
      else high = middle;
    }
    return low;
  }
}
