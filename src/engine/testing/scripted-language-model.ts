import { estimatePrompt } from "#core/llm/cut.ts";
import { EngineError } from "#core/base/errors.ts";
import type { ChatMessage, Generated, GenerateRequest, LanguageModel, LanguageModelReport } from "#core/llm/port.ts";

/** Says what it was told to say, in pieces of three characters; an error in the script is thrown after what came before. */
export class ScriptedLanguageModel implements LanguageModel {
  readonly asked: GenerateRequest[] = [];
  /** Calls under way at once, at most. */
  mostAtOnce = 0;
  #now = 0;
  /** Called before each piece. */
  beforePiece: (at: number) => void = () => {};
  report: LanguageModelReport = {
    stamp: { id: "scripted", revision: "1", dtype: "elsewhere", device: "elsewhere" },
    place: { kind: "endpoint", host: "localhost:11434" },
    contextTokens: 8192,
    logprobs: 0,
    schema: false,
  };
  readonly #replies: (string | EngineError)[];
  readonly #finish: Generated["finish"];

  constructor(replies: readonly (string | EngineError)[], finish: Generated["finish"] = "stop") {
    this.#replies = [...replies];
    this.#finish = finish;
  }

  async load(): Promise<LanguageModelReport> {
    return this.report;
  }
  async countTokens(messages: readonly ChatMessage[]): Promise<number> {
    return estimatePrompt(messages);
  }
  async generate(...[request, signal, onText]: Parameters<LanguageModel["generate"]>): Promise<Generated> {
    this.asked.push(request);
    this.#now += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#now);
    try {
      const reply = this.#replies.shift() ?? "";
      if (typeof reply !== "string") throw reply;
      for (let at = 0; at < reply.length; at += 3) {
        await Promise.resolve();
        this.beforePiece(at);
        if (signal.aborted) throw new EngineError("CANCELLED");
        await onText?.(reply.slice(at, at + 3));
      }
      return { text: reply, finish: this.#finish, tokensIn: 100, tokensOut: 7, logprobs: null };
    } finally {
      this.#now -= 1;
    }
  }
  release(): void {}
}
