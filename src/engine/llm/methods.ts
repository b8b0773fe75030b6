import type { Passage } from "#core/ports.ts";
import {
  firstTokenOrder,
  pairAnswer,
  relevanceAnswer,
  setAnswer,
  yesAnswer,
  yesLogit,
} from "#core/rerank/llm/answers.ts";
import {
  byLetter,
  listwiseMulti,
  listwiseSingle,
  MOST_LETTERS,
  pairPrompt,
  rankingSchema,
  rankingTokens,
  relevancePrompt,
  setPrompt,
  yesNoPrompt,
} from "#core/rerank/llm/prompts.ts";
import { agreed, type Compare } from "#core/rerank/llm/pairwise.ts";
import { parseReply, unansweredReply } from "#core/rerank/llm/reply.ts";
import type { LlmSettings } from "#core/rerank/llm/settings.ts";
import type { Span } from "#core/rerank/llm/sliding.ts";
import type { Asker } from "./asker.ts";

/** Likely tokens that yes and no are looked for among; OpenAI gives no more. */
const CHANCES = 20;
/** A word, with what a model puts around it. */
const SHORT = 8;

/** What one question to the model gives, for each family of methods; a call that failed leaves things as they are. */
export class Judge {
  readonly #asker: Asker;
  readonly #query: string;
  readonly #settings: LlmSettings;

  constructor(asker: Asker, query: string, settings: LlmSettings) {
    this.#asker = asker;
    this.#query = query;
    this.#settings = settings;
  }

  /** A window in its new order. */
  async window(passages: readonly Passage[], span: Span, pass: number, shuffle: number): Promise<readonly Passage[]> {
    const { parser, turns, thinking } = this.#settings;
    const texts = passages.map(({ text }) => text);
    const n = passages.length;
    // One passage has one order.
    if (n < 2) return passages;
    const reading = await this.#asker.ask({
      passages,
      span,
      pass,
      shuffle,
      maxTokens: rankingTokens(n) + thinking,
      // With turns the form is RankGPT's own; a schema would contradict it.
      ...(turns === "single" && parser === "robust" && thinking === 0 ? { schema: rankingSchema(n) } : {}),
      build: (words) => (turns === "multi" ? listwiseMulti : listwiseSingle)(this.#query, texts, words),
      read: ({ text }) => {
        const json = /^\s*[{[`]/.test(text);
        return { kind: "order", reply: parseReply(text, n, { parser, json }) };
      },
    });
    const { order } = reading?.kind === "order" ? reading.reply : unansweredReply(n);
    return order.map((place) => passages[place]!);
  }

  /** A window by the chances of its letters at the first place of a ranking; by the letters said where there are none. */
  async first(passages: readonly Passage[], span: Span, pass: number, shuffle: number): Promise<readonly Passage[]> {
    const texts = passages.map(({ text }) => text);
    const n = passages.length;
    if (n < 2) return passages;
    const reading = await this.#asker.ask({
      passages,
      span,
      pass,
      shuffle,
      maxTokens: rankingTokens(n) + this.#settings.thinking,
      logprobs: CHANCES,
      build: (words) => listwiseSingle(this.#query, texts, words, byLetter),
      read: ({ text, logprobs }) => {
        const places = logprobs === null ? [] : firstTokenOrder(logprobs, n);
        const said = places.length > 1 ? places.map((place) => `[${byLetter(place)}]`).join(" > ") : text;
        return { kind: "order", reply: parseReply(said, n, { parser: "robust", letters: true }) };
      },
    });
    const { order } = reading?.kind === "order" ? reading.reply : unansweredReply(n);
    return order.map((place) => passages[place]!);
  }

  /** Place of the best. */
  readonly best = async (passages: readonly Passage[]): Promise<number> => {
    const texts = passages.map(({ text }) => text);
    const reading = await this.#asker.ask({
      passages,
      maxTokens: SHORT + this.#settings.thinking,
      build: (words) => setPrompt(this.#query, texts, words),
      read: ({ text }) => ({ kind: "best", place: setAnswer(text, texts.length) }),
    });
    // What names none keeps the parent.
    return reading?.kind === "best" ? (reading.place ?? 0) : 0;
  };

  /** Both orders: only a win that survives them counts. */
  readonly compare: Compare<Passage> = async (a, b) => agreed(await this.#isFirst(a, b), await this.#isFirst(b, a));

  async #isFirst(a: Passage, b: Passage): Promise<boolean | null> {
    const reading = await this.#asker.ask({
      passages: [a, b],
      maxTokens: SHORT + this.#settings.thinking,
      build: (words) => pairPrompt(this.#query, a.text, b.text, words),
      read: ({ text }) => {
        const isA = pairAnswer(text);
        return { kind: "best", place: isA === null ? null : isA ? 0 : 1 };
      },
    });
    return reading?.kind === "best" && reading.place !== null ? reading.place === 0 : null;
  }

  /** The logit of yes where the model gives chances, else 1 or −1; null where the reply is neither, or none came. */
  async yes(passage: Passage): Promise<number | null> {
    const { thinking } = this.#settings;
    const reading = await this.#asker.ask({
      passages: [passage],
      maxTokens: (thinking > 0 ? SHORT : 1) + thinking,
      logprobs: CHANCES,
      build: (words) => yesNoPrompt(this.#query, passage.text, words),
      read: ({ text, logprobs }) => {
        const logit = logprobs === null ? null : yesLogit(logprobs);
        return { kind: "score", score: logit ?? yesAnswer(text), byChance: logit !== null };
      },
    });
    return reading?.kind === "score" ? reading.score : null;
  }

  /** 0 to 10; null where the reply holds no such number, or none came. */
  async relevance(passage: Passage): Promise<number | null> {
    const reading = await this.#asker.ask({
      passages: [passage],
      maxTokens: SHORT + this.#settings.thinking,
      build: (words) => relevancePrompt(this.#query, passage.text, words),
      read: ({ text }) => ({ kind: "score", score: relevanceAnswer(text), byChance: false }),
    });
    return reading?.kind === "score" ? reading.score : null;
  }
}

/** As many letters as there are. */
export const mostLetters = (window: number): number => Math.min(window, MOST_LETTERS);
