import type { Pooling } from "../embedding/pool.ts";
import type { Dtype, TokenCount } from "../model.ts";
import type { Head } from "../rerank/head.ts";
import { CATALOGUE_EMBEDDERS } from "./catalogue-embedders.ts";
import { CATALOGUE_GENERATORS } from "./catalogue-generators.ts";
import { CATALOGUE_RERANKERS } from "./catalogue-rerankers.ts";
import type { PairTemplate } from "./entry.ts";

/** What is known of a model of the hub without asking it. null: not known, and not guessed. */
interface Known {
  /** `owner/name` */
  readonly id: string;
  /** The branch to ask for; the commit it stands for is looked up before a download and kept with the model. */
  readonly revision: string;
  /** In one sentence: what for, and what it costs. */
  readonly goodFor: string;
  /** What to know before choosing it; null where there is nothing. */
  readonly caution: string | null;
  /** In millions. */
  readonly parameters: number | null;
  readonly maxTokens: TokenCount | null;
  /** Where it was trained with fewer than it accepts. */
  readonly advisedTokens: TokenCount | null;
  readonly licence: { readonly name: string | null; readonly nonCommercial: boolean };
  /** ISO 639-1; "many" for a hundred and more. */
  readonly languages: readonly string[] | "many";
  /** Megabytes of the weights in the dtypes that there are; null: there, of unknown size. */
  readonly sizes: { readonly [D in Dtype]?: number | null };
}

export interface CatalogueEmbedder extends Known {
  readonly kind: "embedder";
  readonly dimension: number | null;
  /** Smaller dimensions that it was trained to be cut to (Matryoshka). */
  readonly cuts: readonly number[];
  readonly pooling: Pooling | null;
  readonly layerNorm: boolean;
  readonly queryPrefix: string | null;
  readonly passagePrefix: string | null;
}

export interface CatalogueReranker extends Known {
  readonly kind: "reranker";
  readonly head: Head;
  readonly template: PairTemplate | null;
}

export interface CatalogueGenerator extends Known {
  readonly kind: "generator";
}

export type CatalogueModel = CatalogueEmbedder | CatalogueReranker | CatalogueGenerator;

/** Models worth trying, smallest first within a kind, one that is made for tests behind them. Sizes as the hub listed them in November 2026. */
export const CATALOGUE: readonly CatalogueModel[] = [
  ...CATALOGUE_EMBEDDERS,
  ...CATALOGUE_RERANKERS,
  ...CATALOGUE_GENERATORS,
];

/** Well-known models that cannot run here, and why, as a code. */
export const NOT_OFFERED: Readonly<Record<string, NotOffered>> = {
  "jinaai/jina-reranker-v3": "no-onnx",
  "ibm-granite/granite-embedding-reranker-english-r2": "no-onnx",
  "cross-encoder/ettin-reranker-17m-v1": "no-onnx",
  "cross-encoder/ettin-reranker-32m-v1": "no-onnx",
  "cross-encoder/ettin-reranker-68m-v1": "no-onnx",
  "cross-encoder/ettin-reranker-150m-v1": "no-onnx",
  "answerdotai/answerai-colbert-small-v1": "late-interaction",
  "sentence-transformers/static-retrieval-mrl-en-v1": "token-table",
  "onnx-community/embeddinggemma-300m-ONNX": "layers-behind-pooling",
};
export type NotOffered = "no-onnx" | "late-interaction" | "token-table" | "layers-behind-pooling";

export function inCatalogue(id: string): CatalogueModel | null {
  return CATALOGUE.find((model) => model.id.toLowerCase() === id.toLowerCase()) ?? null;
}
