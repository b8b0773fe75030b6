import type { Head } from "../rerank/head.ts";
import type { Dtype, TokenCount } from "../model.ts";
import type { Pooling } from "../embedding/pool.ts";

/** A file of a model, as it is checked before anybody reads it. */
export interface ModelFile {
  /** Inside the model's folder, with forward slashes: `onnx/model_fp16.onnx`. */
  readonly path: string;
  readonly bytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

interface SharedFacts {
  /** `name` for a model of the site, `owner/name` for one of the hub. */
  readonly id: string;
  /** A commit, or a hash over the files; never a branch. */
  readonly revision: string;
  readonly dtype: Dtype;
  /** Most tokens of one run, special ones counted. */
  readonly maxTokens: TokenCount;
  /** ISO 639-1; empty where it is not known. */
  readonly languages: readonly string[];
  /** SPDX id, or what the model's card says; empty where it is not known. */
  readonly licence: string;
}

export interface EmbedderFacts extends SharedFacts {
  readonly kind: "embedder";
  /** Numbers kept of each vector: below the graph's width it is a Matryoshka cut. */
  readonly dimension: number;
  readonly pooling: Pooling;
  readonly layerNorm: boolean;
  readonly queryPrefix: string;
  readonly passagePrefix: string;
}

/** What a causal model reads: before + query + between + passage + after; special tokens in these parts count as such. */
export interface PairTemplate {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** The two answers, one token each. */
  readonly yes: string;
  readonly no: string;
}

export interface RerankerFacts extends SharedFacts {
  readonly kind: "reranker";
  readonly head: Head;
  /** Tokens of the query that are read; the passage gets what is left. */
  readonly queryTokens: TokenCount;
  /** For the head `yes-no`, else null. */
  readonly template: PairTemplate | null;
}

/** A language model that follows instructions; `maxTokens` is its context: prompt and reply together. */
export interface GeneratorFacts extends SharedFacts {
  readonly kind: "generator";
}

/** All that is needed to run a model, but its files. */
export type ModelFacts = EmbedderFacts | RerankerFacts | GeneratorFacts;

/** What a model gives for known inputs, where it was made. */
export interface GoldenVectors {
  /** Largest difference of one number that is no fault. */
  readonly tolerance: number;
  readonly vectors: readonly { readonly text: string; readonly first8: readonly number[]; readonly sum: number }[];
}
export interface GoldenPairs {
  readonly tolerance: number;
  readonly pairs: readonly { readonly query: string; readonly passage: string; readonly logit: number }[];
}

/** A model with its files. Without golden values WebGPU is checked against WASM. */
export type EmbedderEntry = EmbedderFacts & {
  readonly files: readonly ModelFile[];
  readonly golden?: GoldenVectors | undefined;
};
export type RerankerEntry = RerankerFacts & {
  readonly files: readonly ModelFile[];
  readonly golden?: GoldenPairs | undefined;
};
export type GeneratorEntry = GeneratorFacts & { readonly files: readonly ModelFile[] };
export type ModelEntry = EmbedderEntry | RerankerEntry | GeneratorEntry;
