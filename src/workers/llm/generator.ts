import { AutoModelForCausalLM, InterruptableStoppingCriteria, Tensor, TextStreamer } from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import type {
  ChatMessage,
  Generated,
  GeneratedToken,
  GenerateRequest,
  LanguageModelReport,
  OnText,
} from "#core/llm/port.ts";
import type { TokenCount } from "#core/model.ts";
import type { GeneratorEntry } from "#core/models/entry.ts";
import type { OnProgress } from "#core/ports.ts";
import { LoadedModel } from "../model/loaded-model.ts";
import { runtimeError, type RuntimeOptions } from "../model/runtime.ts";
import { breathe } from "../wire/expose.ts";
import { chancesOf, generatedToken } from "./chances.ts";
import { promptIds, templateOf } from "./chat.ts";
import { greedySettings } from "./greedy.ts";
import { Watcher } from "./watcher.ts";

const MOST_LOGPROBS = 20;

/** A language model in the thread of its session: greedy, one call at a time. */
export class SiteGenerator {
  static async load(options: RuntimeOptions, onProgress: OnProgress): Promise<SiteGenerator> {
    const model = await LoadedModel.load(options, "generator", () => AutoModelForCausalLM, onProgress);
    return new SiteGenerator(model, await templateOf(options.site, model.entry));
  }

  readonly #model: LoadedModel<GeneratorEntry>;
  readonly #template: string | null;

  private constructor(model: LoadedModel<GeneratorEntry>, template: string | null) {
    this.#model = model;
    this.#template = template;
    const { session } = model;
    const forward = session.forward.bind(session);
    // Between two tokens an abort may come in; the library's loop waits for nothing but this.
    session.forward = async (inputs) => {
      await breathe();
      return forward(inputs);
    };
  }

  get report(): LanguageModelReport {
    const { stamp, maxTokens } = this.#model.report;
    return { stamp, place: { kind: "tab" }, contextTokens: maxTokens, logprobs: MOST_LOGPROBS, schema: false };
  }

  countTokens(messages: readonly ChatMessage[]): TokenCount {
    return promptIds(messages, this.#model, this.#template).length;
  }

  async generate(request: GenerateRequest, signal: AbortSignal, onText?: OnText): Promise<Generated> {
    signal.throwIfAborted();
    const { session, tokenizer, entry } = this.#model;
    const prompt = promptIds(request.messages, this.#model, this.#template);
    const most = Math.max(0, entry.maxTokens - request.maxTokens);
    // Beyond its positions a model fails, and takes the worker with it.
    if (prompt.length > most) {
      throw new EngineError("LLM_PROMPT_TOO_LONG", "", { model: entry.id, tokens: prompt.length, most });
    }
    const settings = greedySettings(session, tokenizer, request.maxTokens);
    const ends = new Set(settings.eos_token_id);
    const textOf = (id: number): string => tokenizer.decode([id], { skip_special_tokens: false });
    const top = Math.min(request.logprobs ?? 0, MOST_LOGPROBS);
    const watcher = new Watcher();
    const reply: number[] = [];
    const logprobs: GeneratedToken[] = [];
    const deltas: string[] = [];
    const delivered: Promise<void>[] = [];
    const streamer = new TextStreamer(tokenizer, {
      skip_prompt: true,
      skip_special_tokens: true,
      decode_kwargs: { clean_up_tokenization_spaces: false },
      token_callback_function([token]) {
        const id = Number(token);
        if (ends.has(id)) return;
        reply.push(id);
        if (top > 0) logprobs.push(generatedToken(chancesOf(watcher.logits, top), id, textOf));
      },
      callback_function(text) {
        if (text === "" || signal.aborted) return;
        deltas.push(text);
        delivered.push(Promise.resolve(onText?.(text)));
      },
    });
    const stop = new InterruptableStoppingCriteria();
    const interrupt = (): void => stop.interrupt();
    signal.addEventListener("abort", interrupt);
    let ended = 0;
    try {
      const sequence = (await session.generate({
        inputs: new Tensor("int64", BigInt64Array.from(prompt, BigInt), [1, prompt.length]),
        attention_mask: new Tensor("int64", new BigInt64Array(prompt.length).fill(1n), [1, prompt.length]),
        ...settings,
        streamer,
        stopping_criteria: stop,
        ...(top > 0 ? { logits_processor: watcher.list } : {}),
      } as Parameters<typeof session.generate>[0])) as Tensor;
      ended = Number(sequence.data.at(-1));
    } catch (thrown) {
      throw runtimeError(thrown, entry.id);
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
    // Across threads a callback and the final answer travel on different ports, in no order: wait for each.
    await Promise.all(delivered);
    signal.throwIfAborted();
    return {
      text: deltas.join(""),
      finish: ends.has(ended) ? "stop" : "length",
      tokensIn: prompt.length,
      tokensOut: reply.length,
      logprobs: top > 0 ? logprobs : null,
    };
  }
}
