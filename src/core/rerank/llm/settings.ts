import type { TokenCount } from "../../model.ts";

/**
 * How a language model is asked to order a pool. `sliding` and `one-call`: RankGPT's permutation generation, over windows
 * or all at once. `first`: the same windows, order from the chances of the first identifier (FIRST). `setwise`: the best
 * of a few, in a heap. `pairwise-*`: two at a time, in both orders. `yes-no` and `relevance`: one at a time.
 */
export const LLM_METHODS = [
  "sliding",
  "one-call",
  "first",
  "setwise",
  "pairwise-sliding",
  "pairwise-heap",
  "yes-no",
  "relevance",
] as const;
export type LlmMethod = (typeof LLM_METHODS)[number];

const PREFIX = "llm:";

/** How a method stands in settings, grids and links: `llm:sliding`. Which model it asks is no part of it. */
export function llmId(method: LlmMethod): string {
  return PREFIX + method;
}

/** The method that an id names; null for an id of another kind. */
export function llmMethodOf(id: string): LlmMethod | null {
  return LLM_METHODS.find((method) => id === llmId(method)) ?? null;
}

/** Whether a re-ranker of this id orders a pool as a whole: its numbers belong to that pool alone. */
export function ordersPools(id: string): boolean {
  const method = llmMethodOf(id);
  return method !== null && !isPointwise(method);
}

/** The re-ranker behind a rerank API (Cohere's form). */
export const RERANK_API = "rerank-api";

/** Whether an id, with its way, is of something that may ask a server: nobody but the person turns that on. */
export function asksLanguageModel(id: string): boolean {
  return id.startsWith(PREFIX) || id === RERANK_API || id.startsWith(`${RERANK_API}~`);
}

export interface LlmSettings {
  /** Passages of one window. */
  readonly window: number;
  /** How far a window lies before the one behind it: 1 ≤ step < window. */
  readonly step: number;
  /** Times through the whole pool. */
  readonly passes: number;
  /** The first places may be left with a window shorter than the others, or slide a whole one over them: as many calls. */
  readonly lastWindow: "short" | "full";
  /** RankGPT's form with a turn for each passage; many servers and small models do better with one message. */
  readonly turns: "single" | "multi";
  /** Most words of a passage, characters where it is written without spaces. */
  readonly words: number;
  /** `compat`: RankGPT's parser, which takes every number of a reply for an identifier. */
  readonly parser: "robust" | "compat";
  /** Children of a node of setwise's heap: one passage more is shown at once. */
  readonly children: number;
  /** Setwise and pairwise order this many, the rest keeps its order. */
  readonly depth: number;
  /** Permutation self-consistency: orders of the pool that are ranked and brought together; 1 = off. */
  readonly shuffles: number;
  /** Tokens left for a model that thinks before it answers. */
  readonly thinking: TokenCount;
}

/** RankGPT's own numbers, for models of tens of billions of parameters. */
export const LLM_DEFAULTS: LlmSettings = {
  window: 20,
  step: 10,
  passes: 1,
  lastWindow: "short",
  turns: "single",
  words: 300,
  parser: "robust",
  children: 3,
  depth: 10,
  shuffles: 1,
  thinking: 0,
};

/** What fits a context of 4096 tokens, and a model that loses itself in longer lists. */
export const SMALL_LLM: LlmSettings = { ...LLM_DEFAULTS, window: 4, step: 2, words: 80 };

export const LLM_LIMITS = {
  window: { min: 2, max: 100 },
  step: { min: 1, max: 99 },
  passes: { min: 1, max: 10 },
  words: { min: 16, max: 1000 },
  children: { min: 1, max: 19 },
  depth: { min: 1, max: 100 },
  shuffles: { min: 1, max: 20 },
  thinking: { min: 0, max: 32_000 },
} as const;

/** Settings from outside: whole numbers within LLM_LIMITS, a step below the window, defaults for the rest. */
export function llmSettingsFrom(value: unknown): LlmSettings {
  const given: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  const number = (key: keyof typeof LLM_LIMITS): number => {
    const it = given[key];
    const { min, max } = LLM_LIMITS[key];
    return typeof it === "number" && Number.isFinite(it)
      ? Math.min(max, Math.max(min, Math.round(it)))
      : LLM_DEFAULTS[key];
  };
  const one = <T extends string>(key: keyof LlmSettings, other: T, usual: T): T =>
    given[key] === other ? other : usual;
  const window = number("window");
  return {
    window,
    step: Math.min(number("step"), window - 1),
    passes: number("passes"),
    lastWindow: one("lastWindow", "full", "short"),
    turns: one("turns", "multi", "single"),
    words: number("words"),
    parser: one("parser", "compat", "robust"),
    children: number("children"),
    depth: number("depth"),
    shuffles: number("shuffles"),
    thinking: number("thinking"),
  };
}

/** Methods that give every passage a score of its own, whatever stands beside it. */
export function isPointwise(method: LlmMethod): boolean {
  return method === "yes-no" || method === "relevance";
}

/** Methods that go window by window. */
export function isListwise(method: LlmMethod): boolean {
  return method === "sliding" || method === "one-call" || method === "first";
}
