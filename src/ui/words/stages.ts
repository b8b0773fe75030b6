import type { IndexEngine, RetrievalMode, SearchSettings, Stage } from "#core/model.ts";

/** What a stage's number is, for tables and headings. */
export const STAGE_SCORE: Record<Stage, string> = {
  dense: "dense cosine",
  keyword: "BM25",
  fused: "fused (RRF)",
  "cross-encoder": "re-ranker logit",
};

export const RETRIEVAL: Record<RetrievalMode, string> = { dense: "Dense", keyword: "Keyword", fused: "Fused" };
export const RERANKER: Record<SearchSettings["reranker"], string> = { off: "Off", bundled: "Bundled" };
export const INDEX: Record<IndexEngine, string> = { exact: "Exact", voy: "voy" };
