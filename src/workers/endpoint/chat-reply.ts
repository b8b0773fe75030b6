import type { Generated, GeneratedToken } from "#core/llm/port.ts";

interface Chance {
  readonly token?: unknown;
  readonly logprob?: unknown;
}

/** The parts of a reply that are read; everything may be missing, or something else. */
interface Part {
  readonly content?: unknown;
  readonly reasoning_content?: unknown;
  readonly reasoning?: unknown;
}
interface Reply {
  readonly choices?: readonly {
    readonly delta?: Part;
    readonly message?: Part;
    readonly finish_reason?: unknown;
    readonly logprobs?: {
      readonly content?: readonly (Chance & { readonly top_logprobs?: readonly Chance[] })[];
    } | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown } | null;
  readonly error?: unknown;
}

/** Puts a streamed reply together. Thinking that comes apart from the reply stands before it, between think marks. */
export class Collector {
  /** The server has said that it is at the end. */
  isDone = false;
  #text = "";
  #isThinking = false;
  #finish: Generated["finish"] = "other";
  #tokensIn: number | null = null;
  #tokensOut: number | null = null;
  #logprobs: GeneratedToken[] | null = null;

  /** What an event adds to the text; null where it is no event of this protocol. */
  add(event: string): string | null {
    const reply = parsed(event);
    if (reply === null || reply.error !== undefined) return null;
    this.#usage(reply);
    const choice = reply.choices?.[0];
    if (choice === undefined) return "";
    if (typeof choice.finish_reason === "string") {
      this.#finish = finishOf(choice.finish_reason);
      // Some servers end the connection without a last word.
      this.isDone = true;
    }
    for (const token of tokensOf(choice.logprobs?.content)) (this.#logprobs ??= []).push(token);
    return this.#part(choice.delta ?? choice.message ?? {});
  }

  get generated(): Generated {
    const text = this.#isThinking ? `${this.#text}</think>` : this.#text;
    return {
      text,
      finish: this.#finish,
      tokensIn: this.#tokensIn,
      tokensOut: this.#tokensOut,
      logprobs: this.#logprobs,
    };
  }

  #part({ content, reasoning_content: long, reasoning }: Part): string {
    const thought = typeof long === "string" ? long : typeof reasoning === "string" ? reasoning : "";
    const said = typeof content === "string" ? content : "";
    let delta = "";
    if (thought !== "") {
      delta += this.#isThinking ? thought : `<think>${thought}`;
      this.#isThinking = true;
    }
    if (said !== "") {
      delta += this.#isThinking ? `</think>${said}` : said;
      this.#isThinking = false;
    }
    this.#text += delta;
    return delta;
  }

  #usage({ usage }: Reply): void {
    if (typeof usage?.prompt_tokens === "number") this.#tokensIn = usage.prompt_tokens;
    if (typeof usage?.completion_tokens === "number") this.#tokensOut = usage.completion_tokens;
  }
}

/** A reply that came in one piece; null where it is none. */
export function choiceOf(value: unknown): Generated | null {
  const collector = new Collector();
  const delta = collector.add(JSON.stringify(value) ?? "");
  const hasChoice = Array.isArray((value as Reply | null)?.choices) && (value as Reply).choices!.length > 0;
  return delta === null || !hasChoice ? null : collector.generated;
}

function parsed(text: string): Reply | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function finishOf(reason: string): Generated["finish"] {
  return reason === "stop" || reason === "length" ? reason : "other";
}

function tokensOf(content: unknown): GeneratedToken[] {
  if (!Array.isArray(content)) return [];
  return (content as (Chance & { readonly top_logprobs?: unknown })[]).flatMap((it) => {
    const [own] = chancesOf([it]);
    return own === undefined ? [] : [{ ...own, top: chancesOf(it.top_logprobs) }];
  });
}

function chancesOf(list: unknown): { token: string; logprob: number }[] {
  if (!Array.isArray(list)) return [];
  return (list as Chance[]).flatMap(({ token, logprob }) =>
    typeof token === "string" && typeof logprob === "number" ? [{ token, logprob }] : [],
  );
}
