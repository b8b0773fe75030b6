import { EngineError } from "#core/base/errors.ts";
import type {
  ChatMessage,
  Generated,
  GenerateRequest,
  LanguageModel,
  LanguageModelReport,
  OnText,
  TokenChance,
} from "#core/llm/port.ts";
import type { Signal } from "#core/ports.ts";
import { estimatePrompt } from "#core/llm/cut.ts";

/** A language model in memory: it reads our prompts, and takes the number in a passage for how good it is. */
export class ScriptedModel implements LanguageModel {
  readonly asked: GenerateRequest[] = [];
  context: number | null = null;
  logprobs = 0;
  schema = false;
  released = 0;
  /** What it says, in the place of a perfect judge's reply; may throw. */
  say: ((request: GenerateRequest, number: number) => string) | null = null;

  async load(): Promise<LanguageModelReport> {
    return {
      stamp: { id: "scripted", revision: "1", dtype: "elsewhere", device: "elsewhere" },
      place: { kind: "endpoint", host: "localhost:1" },
      contextTokens: this.context,
      logprobs: this.logprobs,
      schema: this.schema,
    };
  }

  async generate(request: GenerateRequest, signal: Signal, onText: OnText = () => {}): Promise<Generated> {
    if (signal.aborted) throw new EngineError("CANCELLED");
    this.asked.push(request);
    const text = this.say?.(request, this.asked.length) ?? perfectReply(request.messages);
    await onText(text);
    const top = chancesOf(request.messages);
    const wants = request.logprobs !== undefined && this.logprobs > 0;
    return {
      text,
      finish: "stop",
      tokensIn: estimatePrompt(request.messages),
      tokensOut: 4,
      logprobs: wants && top.length > 0 ? [{ ...top[0]!, top }] : null,
    };
  }

  countTokens(messages: readonly ChatMessage[]): Promise<number> {
    return Promise.resolve(estimatePrompt(messages));
  }

  release(): void {
    this.released += 1;
  }
}

interface Shown {
  readonly label: string;
  readonly worth: number;
}

/** Passages of a prompt, best first. */
function shownIn(messages: readonly ChatMessage[]): Shown[] {
  const text = messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n");
  return [...text.matchAll(/^(?:\[(\w+)\]|Passage( [A-Z])?:) .*?(-?\d+(?:\.\d+)?)/gm)]
    .map(([, id, letter, worth]) => ({ label: id ?? letter?.trim() ?? "", worth: Number(worth) }))
    .toSorted((a, b) => b.worth - a.worth);
}

export function perfectReply(messages: readonly ChatMessage[]): string {
  const shown = shownIn(messages);
  const last = messages.at(-1)?.content ?? "";
  const [best] = shown;
  if (best === undefined) return "";
  if (last.includes("two passages")) return `Passage ${best.label}`;
  if (last.includes("letter of the most relevant")) return best.label;
  if (last.includes("yes or no")) return best.worth >= 5 ? "Yes" : "No";
  if (last.includes("from 0 to 10")) return String(Math.max(0, Math.min(10, Math.round(best.worth))));
  return shown.map(({ label }) => `[${label}]`).join(" > ");
}

/** Of the letters, or of yes and no. */
function chancesOf(messages: readonly ChatMessage[]): TokenChance[] {
  const shown = shownIn(messages);
  if (messages.at(-1)?.content.includes("yes or no") === true) {
    const logit = (shown[0]?.worth ?? 0) - 5;
    const both = [
      { token: "Yes", logprob: -Math.log1p(Math.exp(-logit)) },
      { token: "No", logprob: -Math.log1p(Math.exp(logit)) },
    ];
    return both.toSorted((a, b) => b.logprob - a.logprob);
  }
  return shown.map(({ label }, i) => ({ token: label, logprob: -0.5 * (i + 1) }));
}
