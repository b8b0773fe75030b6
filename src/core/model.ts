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

/**
 * Where the characters of a page's text come from and where they stand: typed columns, row i of each belongs together.
 * Rows ascend and do not overlap; characters that the layout made (spaces, newlines) belong to no row.
 */
export interface TextRuns {
  /** First character of row i in the page's text. */
  readonly starts: Uint32Array;
  /** One past the last character of row i in the page's text. */
  readonly ends: Uint32Array;
  /** The engine's run (its position in drawing order) that row i was read from. */
  readonly sources: Uint32Array;
  /**
   * First character of row i in that run, and one past the last. Where the length equals that of the text, characters
   * pair off one by one; elsewhere the row is one unit (a ligature and its letters).
   */
  readonly sourceStarts: Uint32Array;
  readonly sourceEnds: Uint32Array;
  /**
   * Six numbers at 6·i, in points, origin bottom left of the unrotated page: x and y where the row begins on the
   * baseline, the vector of its whole advance in reading order, and how far it reaches to the left (above) and to the
   * right (below, negative) of that vector.
   */
  readonly frames: Float32Array;
}

/**
 * `no-text`: blank. `scan`: an image over most of it and no text. `garbled`: letters that no program can read.
 * `pictures`: text, but images cover most of the page.
 */
export type PageQuality = "text" | "no-text" | "scan" | "garbled" | "pictures";

/** What a block is, as the number that stands in `TextBlocks.kinds`. */
export const BLOCK = {
  paragraph: 0,
  heading: 1,
  listItem: 2,
  tableRow: 3,
  caption: 4,
  footnote: 5,
  /** Set apart from the flow: a stamp in the margin, a side label. */
  aside: 6,
  /** Running headers, footers, page numbers: behind `bodyEnd`. */
  furniture: 7,
} as const;
export type BlockKind = (typeof BLOCK)[keyof typeof BLOCK];

/** The blocks of a page in text order. Block i reaches from starts[i] to starts[i + 1], the last to the end of the text. */
export interface TextBlocks {
  readonly starts: Uint32Array;
  readonly kinds: Uint8Array;
  /** 1 (outermost) to 6 for headings, else 0. */
  readonly levels: Uint8Array;
}

/** A PDF page, or a section of a document that has no pages. */
export interface Page {
  readonly index: PageIndex;
  /** The label printed in the document's own numbering (`iii`), or the section's heading; null where there is none. */
  readonly label: string | null;
  /** 0 where the document has no pages. */
  readonly width: Points;
  readonly height: Points;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly text: string;
  /** Behind it stand running headers, footers and page numbers: shown and found on the page, never in a chunk. */
  readonly bodyEnd: CharOffset;
  readonly quality: PageQuality;
  /** `ocr`: recognised from a picture of the page. */
  readonly origin: "file" | "ocr";
  readonly blocks: TextBlocks;
  readonly runs: TextRuns;
  /**
   * One per character of the text: how far along its row's advance it ends, in 1/65535; it begins where the one
   * before it in the row ends. 0 outside rows.
   */
  readonly edges: Uint16Array;
}

/**
 * The text of a document is the text of its pages up to `bodyEnd`, joined by PAGE_SEPARATOR;
 * all chunk offsets count in that text.
 */
export const PAGE_SEPARATOR = "\n";

/** Corners in reading order: start of the line below, its end below, its end above, its start above; x, y each. */
export type Quad = readonly [number, number, number, number, number, number, number, number];

export type DocumentFormat = "pdf" | "text" | "markdown" | "html" | "docx";

/** Raised with every change of what is read from the same file: documents with an older one are read anew. */
export const TEXT_VERSION = 3;

/** What a reader makes of one file. */
export interface DocumentText {
  readonly format: DocumentFormat;
  readonly title: string | null;
  readonly pages: readonly Page[];
  /** What the pages do not show: damage, limits, a guessed encoding. */
  readonly warnings: readonly DocumentWarning[];
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
  /** The headings it stands under, outermost first. Read by the models before the text, not part of it. */
  readonly headings: readonly string[];
  readonly text: string;
  /** In the embedding model's own tokens, without special tokens. */
  readonly tokens: TokenCount;
}

/**
 * `structure`: headings, paragraphs, sentences. `sentence-splitter`: as LlamaIndex's SentenceSplitter.
 * `recursive`: as LangChain's RecursiveCharacterTextSplitter. `page`: one chunk a page.
 */
export type ChunkStrategy = "structure" | "sentence-splitter" | "recursive" | "page";

export interface ChunkSettings {
  readonly strategy: ChunkStrategy;
  /** What a chunk holds: tokens (`structure`: about, to half above), characters for `recursive`; 0 for `page`. */
  readonly size: number;
  /** Repeated from the chunk before, in the same unit. */
  readonly overlap: number;
}

// ---------------------------------------------------------------- models

/** What the weights are stored in; q4f16 computes in fp16, q4 in fp32. */
export const DTYPES = ["fp32", "fp16", "q8", "q4", "q4f16"] as const;
export type Dtype = (typeof DTYPES)[number];
export type Device = "wasm" | "webgpu";

/**
 * Which model made a number (rule R4). `elsewhere`: behind an endpoint or in the browser itself, where nobody says in
 * what numbers it computes.
 */
export interface ModelStamp {
  readonly id: string;
  readonly revision: string;
  readonly dtype: Dtype | "elsewhere";
  readonly device: Device | "elsewhere";
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
  /** Some pages hold no text; `scanned` of them are pictures of a page that OCR may read. */
  | {
      readonly kind: "pages-without-text";
      readonly pages: number;
      readonly scanned: number;
      readonly of: number;
    }
  /** Some pages hold letters that no program can read (broken fonts). */
  | { readonly kind: "pages-garbled"; readonly pages: number; readonly of: number }
  /** Some pages could not be parsed, or took longer than the limit. */
  | { readonly kind: "pages-unreadable"; readonly pages: number; readonly of: number }
  /** Some pages hold more text than the limit; the rest of them was left out. */
  | { readonly kind: "pages-cut"; readonly pages: number; readonly of: number }
  /** The document has more pages than the limit; only the first ones were read. */
  | { readonly kind: "pages-left-out"; readonly pages: number; readonly of: number }
  /** The file does not say how its letters are written, and UTF-8 it is not. */
  | { readonly kind: "encoding-guessed"; readonly encoding: string }
  /** Most tokens of these chunks are unknown to the embedding model: found by keyword only. */
  | { readonly kind: "language-not-read"; readonly chunks: number; readonly of: number };

export interface DocumentRecord {
  readonly id: DocumentId;
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly format: DocumentFormat;
  readonly title: string | null;
  /** TEXT_VERSION of the code that read the file. */
  readonly textVersion: number;
  /** Pages whose text is OCR's, ascending, and the languages it was told; null where it has read none. */
  readonly ocr: { readonly pages: readonly PageIndex[]; readonly languages: readonly string[] } | null;
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
  /**
   * OFF, BUNDLED, or the id of a model: another one of the site, or one that this browser keeps (`owner/name:dtype`); with
   * `~cascade` or `~fast` behind it (`core/rerank/way.ts`).
   */
  readonly reranker: string;
  readonly index: IndexEngine;
  /** null = all documents. */
  readonly documents: readonly DocumentId[] | null;
}

export const POOL_LIMITS = { min: 3, max: 200 } as const;

/** In the place of a re-ranker's id: none. */
export const OFF = "off";
/** What an id of a model may look like, where it comes from outside. */
export const MODEL_ID = /^[\w][\w.:/~-]{0,199}$/;
/** The site's first model of a kind, whichever that is. */
export const BUNDLED = "bundled";

export const DEFAULT_SETTINGS: SearchSettings = {
  retrieval: "fused",
  pool: 30,
  top: 5,
  reranker: BUNDLED,
  index: "exact",
  documents: null,
};

/** The setting of the article this product follows: dense retrieval of three, all three re-ranked. */
export const ARTICLE_PRESET: Pick<SearchSettings, "retrieval" | "pool" | "top" | "reranker"> = {
  retrieval: "dense",
  pool: 3,
  top: 3,
  reranker: BUNDLED,
};

/** Progress of long work; `of` is 0 while the total is unknown. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** A fallback that happened and must be said (rule R5). */
export interface Fallback {
  readonly what: "index" | "embedder" | "embedder-device" | "query-language" | "reranker" | "device";
  readonly error: ErrorData | null;
}
