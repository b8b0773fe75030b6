import type { Way } from "#core/rerank/way.ts";
import { LLM_METHODS, llmId, llmMethodOf, type LlmMethod } from "#core/rerank/llm/settings.ts";
import type { ScoreScale } from "#core/ports.ts";
import type { IndexEngine, RetrievalMode, Stage } from "#core/model.ts";

/** What a stage's number is, for tables and headings. */
export const STAGE_SCORE: Record<Stage, string> = {
  dense: "dense cosine",
  keyword: "BM25",
  fused: "fused (RRF)",
  "cross-encoder": "re-ranker logit",
};

/** What stands over the list after re-ranking. */
export const SCALE: Record<ScoreScale, string> = { logit: "logit", relevance: "relevance", order: "order" };

/** The values of a setting and their names, in the order of the list. */
export type Choices<T extends string> = readonly (readonly [value: T, name: string])[];

export const RETRIEVAL: Choices<RetrievalMode> = [
  ["dense", "Dense"],
  ["keyword", "Keyword"],
  ["fused", "Fused"],
];
export const WAY: Choices<Way> = [
  ["full", "All"],
  ["fast", "Fast"],
  ["cascade", "Cascade"],
];
const METHOD: Record<LlmMethod, string> = {
  sliding: "Listwise, sliding window",
  "one-call": "Listwise, one call",
  first: "Listwise, first token",
  setwise: "Setwise",
  "pairwise-sliding": "Pairwise, sliding",
  "pairwise-heap": "Pairwise, heap",
  "yes-no": "Yes or no",
  relevance: "Relevance, 0 to 10",
};
/** By id of the re-ranker. */
export const METHODS: Choices<string> = LLM_METHODS.map((method) => [llmId(method), METHOD[method]]);
export function methodName(method: LlmMethod): string {
  return METHOD[method];
}
/** The name of a re-ranker that is a language model's method; null for another. */
export function llmName(id: string): string | null {
  const method = llmMethodOf(id);
  return method === null ? null : `LLM: ${METHOD[method].toLowerCase()}`;
}
export const INDEX: Choices<IndexEngine> = [
  ["exact", "Exact"],
  ["voy", "voy"],
];

/** The value that a text names, if any. */
export function chosen<T extends string>(choices: Choices<T>, value: string | null): T | undefined {
  return choices.find(([it]) => it === value)?.[0];
}

export function nameOf<T extends string>(choices: Choices<T>, value: T): string {
  return choices.find(([it]) => it === value)?.[1] ?? value;
}
