/**
 * Every type on the arrows of the data flow, with units:
 * File → Page[] → Chunk[] → vectors → Candidate[] → Ranked[].
 * All of it is plain data that survives structured clone (threads, IndexedDB).
 */
import "./base/blob.ts";
import type { Brand } from "./base/brand.ts";
import type { ErrorData } from "./base/errors.ts";

/** SHA-256 of the file's bytes, 64 hex digits: the same file is the same document. */
export type DocumentId = Brand<string, "DocumentId">;
/** `<first 16 digits of the document id>:<ordinal>`. */
export type ChunkId = Brand<string, "ChunkId">;
/** Zero-based page number. People see the page's label, or this plus one. */
export type PageIndex = number;
/** UTF-16 code units from the start of the text named beside it. */
export type CharOffset = number;
/** PDF points, 1/72 inch. */
export type Points = number;
export type TokenCount = number;
export type Milliseconds = number;

// ---------------------------------------------------------------- text

/** Where each run of a page's text stands on the page. Typed columns; row i of each belongs together. */
export interface TextRuns {
  /** First character of run i in the page's text. */
  readonly starts: Uint32Array;
  /** One past the last character of run i in the page's text. */
  readonly ends: Uint32Array;
  /** x, y, width, height of run i at 4·i: points, origin bottom left of the unrotated page. */
  readonly boxes: Float32Array;
}

export type PageQuality = "text" | "no-text" | "garbled";

export interface Page {
  readonly index: PageIndex;
  /** The label printed in the document's own numbering (`iii`), null where the file gives none. */
  readonly label: string | null;
  readonly width: Points;
  readonly height: Points;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly text: string;
  readonly quality: PageQuality;
  readonly runs: TextRuns;
}

/**
 * The text of a document is the text of its pages joined by PAGE_SEPARATOR;
 * all chunk offsets count in that text.
 */
export const PAGE_SEPARATOR = "\n";

/** What a reader makes of one file. */
export interface DocumentText {
  readonly title: string | null;
  readonly pages: readonly Page[];
}

// ---------------------------------------------------------------- chunks

/** Rule C1: `text` is exactly the document's text from `start` to `end`. */
export interface Chunk {
  readonly id: ChunkId;
  readonly documentId: DocumentId;
  /** Position among the document's chunks, from 0. */
  readonly ordinal: number;
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly firstPage: PageIndex;
  /** Inclusive; differs from firstPage where the chunk spans pages. */
  readonly lastPage: PageIndex;
  readonly text: string;
  /** In the embedding model's own tokens, without special tokens. */
  readonly tokens: TokenCount;
}

export interface ChunkSettings {
  /** Most tokens in a chunk. */
  readonly size: TokenCount;
  /** Tokens repeated from the chunk before. */
  readonly overlap: TokenCount;
}

// ---------------------------------------------------------------- models

export type Dtype = "fp32" | "fp16" | "q8";
export type Device = "wasm" | "webgpu";

/** Which model made a number (rule R4). */
export interface ModelStamp {
  readonly id: string;
  readonly revision: string;
  readonly dtype: Dtype;
  readonly device: Device;
}

/** Vectors carry what made them (rule S2); a query may only meet vectors of an equal stamp. */
export interface VectorStamp {
  readonly model: string;
  readonly revision: string;
  readonly dtype: Dtype;
  readonly dimension: number;
  readonly passagePrefix: string;
  readonly chunking: ChunkSettings;
  /** CHUNKER_VERSION of the code that cut the text: a better splitter makes other chunks of the same settings. */
  readonly chunker: number;
}

// ---------------------------------------------------------------- documents

export type DocumentWarning =
  /** Some pages hold no text (a scan, a picture, a blank page). */
  | { readonly kind: "pages-without-text"; readonly pages: number; readonly of: number }
  /** Some pages hold letters that no program can read (broken fonts). */
  | { readonly kind: "pages-garbled"; readonly pages: number; readonly of: number }
  /** Most tokens of these chunks are unknown to the embedding model: found by keyword only. */
  | { readonly kind: "language-not-read"; readonly chunks: number; readonly of: number };

export interface DocumentRecord {
  readonly id: DocumentId;
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly title: string | null;
  readonly pageCount: number;
  /** Page labels where the document has its own numbering, else null. */
  readonly pageLabels: readonly (string | null)[] | null;
  readonly chunkCount: number;
  readonly state: "ready" | "partial";
  readonly warnings: readonly DocumentWarning[];
  readonly vectorStamp: VectorStamp;
}

/** What search needs of a document. */
export interface SearchableDocument {
  readonly record: DocumentRecord;
  readonly chunks: readonly Chunk[];
  /** chunkCount × dimension, row-major, unit length; a row of zeros where `readable` is 0. */
  readonly vectors: Float32Array;
  /** 1 where the embedding model knows enough of the chunk's tokens, else 0. One per chunk. */
  readonly readable: Uint8Array;
}

/** One document, whole: what one transaction writes (rule S1). */
export interface StoredDocument extends SearchableDocument {
  readonly file: Blob;
  readonly pages: readonly Page[];
}

// ---------------------------------------------------------------- retrieval

export type RetrievalMode = "dense" | "keyword" | "fused";
export type Stage = "dense" | "keyword" | "fused" | "cross-encoder";
export type IndexEngine = "exact" | "voy";

export interface StageScore {
  /** The stage's own number: cosine, BM25, RRF sum, logit. Never compared with another stage's. */
  readonly score: number;
  /** 1-based rank among all searched chunks by this stage; null where the stage did not rank it. */
  readonly rank: number | null;
}

/** A chunk in the pool. A stage that has nothing to say about it is null. */
export interface Candidate {
  readonly chunkId: ChunkId;
  readonly documentId: DocumentId;
  /** 1-based rank before re-ranking, by the sorting stage. */
  readonly rank: number;
  readonly dense: StageScore | null;
  readonly keyword: StageScore | null;
  readonly fused: StageScore | null;
}

// ---------------------------------------------------------------- re-ranking

/** A candidate after re-ranking. */
export interface Ranked {
  readonly candidate: Candidate;
  /** Raw re-ranker output; null where it was not scored (stopped, unreadable). Sorting uses nothing else. */
  readonly logit: number | null;
  /** 1-based. */
  readonly rank: number;
  /** candidate.rank − rank: positive is a rise. */
  readonly delta: number;
}

/** What re-ranking did, as facts; the sentence is made in `ui/`. Ranks are 1-based. */
export interface Verdict {
  readonly top: number;
  readonly pool: number;
  /** How many of the pool have a logit. */
  readonly scored: number;
  /** Positions of the top n that hold another chunk than before. */
  readonly changedInTop: number;
  readonly enteredTop: number;
  readonly leftTop: number;
  /** The largest rise that ends in the top n, else null. */
  readonly bestJump: { readonly chunkId: ChunkId; readonly from: number; readonly to: number } | null;
  /** Kendall τ between the orders of the pool before and after, −1 to 1; null below two candidates. */
  readonly kendallTau: number | null;
  /** Rule R5: re-ranking gave no signal, and why; null when all is well. */
  readonly noSignal: "all-scores-equal" | "order-unchanged" | "nothing-scored" | null;
}

// ---------------------------------------------------------------- settings

export interface SearchSettings {
  readonly retrieval: RetrievalMode;
  /** 3 to 200. */
  readonly pool: number;
  /** 1 to pool. */
  readonly top: number;
  readonly reranker: "off" | "bundled";
  readonly index: IndexEngine;
  /** null = all documents. */
  readonly documents: readonly DocumentId[] | null;
}

export const POOL_LIMITS = { min: 3, max: 200 } as const;

export const DEFAULT_SETTINGS: SearchSettings = {
  retrieval: "fused",
  pool: 30,
  top: 5,
  reranker: "bundled",
  index: "exact",
  documents: null,
};

/** The setting of the article this product follows: dense retrieval of three, all three re-ranked. */
export const ARTICLE_PRESET: Pick<SearchSettings, "retrieval" | "pool" | "top" | "reranker"> = {
  retrieval: "dense",
  pool: 3,
  top: 3,
  reranker: "bundled",
};

/** Progress of long work; `of` is 0 while the total is unknown. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** A fallback that happened and must be said (rule R5). */
export interface Fallback {
  readonly what: "index" | "embedder" | "query-language" | "reranker";
  readonly error: ErrorData | null;
}
