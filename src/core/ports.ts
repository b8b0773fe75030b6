/** What the use-cases need from outside. Implementations live in pdf/, workers/ and storage/; `main.tsx` connects them. */
import "./base/blob.ts";
import type {
  Candidate,
  Chunk,
  ChunkId,
  ChunkSettings,
  DocumentId,
  DocumentRecord,
  DocumentText,
  IndexEngine,
  Milliseconds,
  ModelStamp,
  Page,
  PageIndex,
  Progress,
  RetrievalMode,
  SearchableDocument,
  StoredDocument,
  TokenCount,
  VectorStamp,
} from "./model.ts";
import type { ErrorData } from "./base/errors.ts";
import type { EvaluationRun, QuestionSet } from "./evaluate/model.ts";
import type { ProofData } from "./evaluate/proof/proof.ts";
import type { ApiSummary, LlmSummary } from "./rerank/llm/run.ts";
import type { Window } from "./rerank/windows.ts";
import type { SourcePage } from "./page/source.ts";

/** The part of AbortSignal that crosses our worker bridge. */
export type Signal = AbortSignalLike;
interface AbortSignalLike {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export type OnProgress = (progress: Progress) => void;

/** A file as a reader gets it. */
export interface SourceFile {
  readonly bytes: ArrayBuffer;
  /** Its ending helps to tell text formats apart. */
  readonly name: string;
  /** What the person typed for this file, else null. */
  readonly password: string | null;
  /** OCR goes on from here: a PDF without any text is an answer, with its pages' sizes and labels, no PDF_NO_TEXT. */
  readonly forOcr?: boolean;
}

/** Text of a document. */
export interface DocumentReader {
  /**
   * Takes ownership of `bytes`.
   * @throws PDF_ENCRYPTED {wrongPassword}, PDF_DAMAGED, FILE_NOT_PDF (no format that is read), FILE_EMPTY, FILE_TOO_LARGE, PDF_NO_TEXT (no page has text), CANCELLED, WORKER_CRASHED
   */
  read(file: SourceFile, signal: Signal, onProgress: OnProgress): Promise<DocumentText>;
}

export interface RenderRequest {
  /** In this order. */
  readonly pages: readonly PageIndex[];
  /** Dots per inch; very large pages are drawn coarser. */
  readonly dpi: number;
}

/** A page as a person sees it, upright. */
export interface PageImage {
  readonly index: PageIndex;
  readonly png: Blob;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels from the top left → points from the bottom left of the unrotated page: x' = a·x + c·y + e, y' = b·x + d·y + f. */
  readonly toPoints: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
}

/** The next page is drawn when the promise settles. */
export type OnPageImage = (image: PageImage) => void | Promise<void>;

/** Pictures of pages, for OCR. */
export interface PageRenderer {
  /** Takes ownership of `bytes`. @throws PDF_ENCRYPTED, PDF_DAMAGED, FILE_NOT_PDF, OUT_OF_MEMORY, CANCELLED, WORKER_CRASHED */
  render(
    file: Pick<SourceFile, "bytes" | "password">,
    request: RenderRequest,
    signal: Signal,
    onImage: OnPageImage,
  ): Promise<void>;
}

/** Letters and words of one language, as Tesseract's `<code>.traineddata` holds them. */
export interface OcrLanguage {
  /** Tesseract's own code: `eng`, `chi_sim`. */
  readonly code: string;
  /** `site`: lies in `tessdata/` of this site. `file`: the person chose it; kept by this browser. */
  readonly origin: "site" | "file";
  readonly bytes: number;
}

/** Reads pictures of pages. Nothing of it is loaded before the first call. */
export interface Ocr {
  /** What is at hand, by code; a chosen file goes before the site's of the same code. */
  languages(): Promise<OcrLanguage[]>;
  /** Keeps `<code>.traineddata`, also packed (`.gz`). @throws OCR_BAD_LANGUAGE, FILE_UNREADABLE */
  addLanguage(file: Blob & { readonly name: string }): Promise<OcrLanguage>;
  /** Forgets a chosen file. */
  removeLanguage(code: string): Promise<void>;
  /**
   * One run per word, in points of the unrotated page, so that the layout layer reads it as it reads a file's.
   * @throws OCR_NO_LANGUAGE {languages}, OCR_BAD_LANGUAGE, OCR_UNAVAILABLE, WORKER_CRASHED, CANCELLED
   */
  recognise(
    image: PageImage,
    languages: readonly string[],
    signal: Signal,
    onProgress: OnProgress,
  ): Promise<SourcePage>;
  /** Gives the memory back, 100 MB and more; the next page loads everything again. */
  release(): void;
}

/** Vectors for a batch of texts. */
export interface Embeddings {
  /** n × dimension, row-major, unit length (or all zeros for a text without known tokens). */
  readonly vectors: Float32Array;
  /** Share of unknown tokens of each text, 0 to 1. */
  readonly unknown: Float32Array;
}

export interface ModelReport {
  readonly stamp: ModelStamp;
  /** Threads the runtime was given. */
  readonly threads: number;
  /** Most tokens of one run: where a longer text is cut, or read in windows. */
  readonly maxTokens: TokenCount;
  /** Largest difference to the golden values, in the model's own unit; null where the model has none. */
  readonly goldenError: number | null;
  /** Why a better device was left, else null. */
  readonly fallback: ErrorData | null;
  /** Of a re-ranker; `logit` where it does not say. */
  readonly scale?: ScoreScale;
}

/**
 * What a re-ranker's numbers are. `logit`: of a cross-encoder, around zero. `relevance`: a score of a passage by itself,
 * from zero. `order`: nothing but the order of this pool (rule R4); another pool has another.
 */
export type ScoreScale = "logit" | "relevance" | "order";

export interface Embedder {
  /** Loads once and checks golden values. @throws MODEL_MISSING, MODEL_CORRUPT, DEVICE_WRONG_NUMBERS, WORKER_CRASHED, CANCELLED */
  load(signal: Signal, onProgress: OnProgress): Promise<ModelReport>;
  /** Most tokens of a chunk that the model reads; what is longer is cut off unseen. */
  chunkLimit(): Promise<TokenCount>;
  /** Chunks by the model's own tokens (rules C1, C2); `structure` never fills more than it reads. */
  chunk(documentId: DocumentId, pages: readonly Page[], settings: ChunkSettings, signal: Signal): Promise<Chunk[]>;
  embed(
    texts: readonly string[],
    kind: "query" | "passage",
    signal: Signal,
    onProgress: OnProgress,
  ): Promise<Embeddings>;
  /** What vectors made now would carry; its chunk settings are those that the model can read to the end. */
  vectorStamp(settings: ChunkSettings): Promise<VectorStamp>;
  /** Gives the memory back; the next call loads again. */
  release(): void;
}

export interface RetrieveRequest {
  readonly text: string;
  /** null where the model does not read the query: dense is then skipped. */
  readonly vector: Float32Array | null;
  readonly mode: RetrievalMode;
  /** Most candidates to return. */
  readonly limit: number;
  /** Exact filter; null = all. */
  readonly documents: readonly DocumentId[] | null;
  readonly engine: IndexEngine;
}

export interface Retrieval {
  /** By the mode's own score, best first, rank 1 … n. */
  readonly candidates: readonly Candidate[];
  /** How many chunks the filter left to search. */
  readonly searched: number;
  readonly engine: IndexEngine;
  /** Why the engine asked for was not the one used, else null. */
  readonly fallback: ErrorData | null;
  readonly milliseconds: Milliseconds;
}

/** The search side of the library: the vector index and the keyword index, filled document by document. */
export interface Retriever {
  /** Adding a document that is there already replaces it. */
  add(
    document: Pick<SearchableDocument, "chunks" | "vectors" | "readable"> & {
      readonly id: DocumentId;
      readonly dimension: number;
    },
  ): Promise<void>;
  remove(id: DocumentId): Promise<void>;
  clear(): Promise<void>;
  retrieve(request: RetrieveRequest, signal: Signal): Promise<Retrieval>;
}

export interface Passage {
  readonly id: ChunkId;
  readonly text: string;
}

/** NaN = the model does not read this pair (mostly unknown tokens). */
export interface ScoredBatch {
  readonly ids: readonly ChunkId[];
  readonly logits: Float32Array;
  /** The part of each passage that the logit is of; null, or absent, where it was read whole. */
  readonly windows?: readonly (Window | null)[];
  /** Of a language model's: what the run has come to. */
  readonly run?: LlmSummary;
  /** The same of one behind a rerank API. */
  readonly api?: ApiSummary;
}

/** In the worker this is a call to another thread, and a promise; elsewhere it may return nothing. */
export type OnScores = (batch: ScoredBatch) => void | Promise<void>;

export interface Reranker {
  /** @throws as Embedder.load */
  load(signal: Signal, onProgress: OnProgress): Promise<ModelReport>;
  /**
   * Scores every passage, in batches of similar length; `onScores` sees each batch as it comes. On the scale `order` each
   * batch is the whole pool anew, and `passages` must be in the order before.
   */
  score(query: string, passages: readonly Passage[], signal: Signal, onScores: OnScores): Promise<void>;
  /** Gives the memory back; the next call loads again. */
  release(): void;
}

export interface StorageReport {
  /** Bytes used by this origin. */
  readonly used: number;
  /** Bytes the browser says it allows; 0 where it does not say. */
  readonly quota: number;
  /** Whether the browser promised not to evict. */
  readonly persisted: boolean;
}

/** What another tab did. */
export type StoreChange =
  | { readonly kind: "put"; readonly ids: readonly DocumentId[] }
  | { readonly kind: "deleted"; readonly ids: readonly DocumentId[] }
  | { readonly kind: "cleared" };

/** A document's chunks and vectors by another embedding model. */
export interface StoredEdition {
  readonly id: DocumentId;
  readonly vectorStamp: VectorStamp;
  /** Of its vectors. */
  readonly bytes: number;
}

/** The library at rest. Every write is one transaction (rule S1). */
export interface Store {
  /** @throws STORE_BLOCKED, STORE_BROKEN */
  list(): Promise<DocumentRecord[]>;
  searchable(id: DocumentId): Promise<SearchableDocument | undefined>;
  get(id: DocumentId): Promise<StoredDocument | undefined>;
  file(id: DocumentId): Promise<Blob | undefined>;
  /** All or none; replaces documents of the same id. @throws QUOTA_EXCEEDED, STORE_BLOCKED */
  put(documents: readonly StoredDocument[]): Promise<void>;
  delete(id: DocumentId): Promise<void>;
  clear(): Promise<void>;
  /** What is kept by other embedding models; a document that is put anew loses its own. */
  editions(): Promise<StoredEdition[]>;
  /** Keeps chunks and vectors of another model beside those that are searched. Does nothing for a document that is gone. */
  putEdition(document: SearchableDocument): Promise<void>;
  /** Of every document that has an edition of this model (`sameModel`), it and what is searched change places; all or none. */
  exchangeEditions(stamp: VectorStamp): Promise<void>;
  deleteEditions(stamp: VectorStamp): Promise<void>;
  report(): Promise<StorageReport>;
  /** Asks the browser to keep the data; returns its answer. */
  persist(): Promise<boolean>;
  /** Changes made by other tabs. Returns the way to stop listening. */
  onChange(listener: (change: StoreChange) => void): () => void;
}

/** The whole library as one file. Pure encoding: nothing is stored by reading one. */
export interface LibraryFiles {
  encode(documents: AsyncIterable<StoredDocument>, settings: unknown): Promise<Blob>;
  /** Checks every checksum before it returns anything. @throws IMPORT_NOT_A_LIBRARY, IMPORT_DAMAGED, IMPORT_TOO_NEW */
  decode(file: Blob): Promise<{ readonly documents: StoredDocument[]; readonly settings: unknown }>;
}

// ---------------------------------------------------------------- evaluation

/** Logits of one question by one re-ranker, by passage (`passageKey`); NaN = the model does not read this pair. */
export type PassageScores = ReadonlyMap<string, number>;

/** Whose scores: the model as it ran (rule R4) and the question. */
export interface ScoresOf {
  readonly reranker: ModelStamp;
  readonly query: string;
}

/** Everything that the candidates of a question depend on. */
export interface RetrievalOf {
  /** `EvaluationRun.corpusKey` */
  readonly corpusKey: string;
  readonly mode: RetrievalMode;
  readonly engine: IndexEngine;
  readonly embedder: ModelStamp;
  readonly query: string;
}

/** What retrieval gave for one question, as deep as it was asked. */
export interface RetrievalRecord {
  readonly candidates: readonly Candidate[];
  /** How many candidates were asked for: fewer came only where the corpus has no more. */
  readonly depth: number;
  /** False where the models do not read the question: it was answered by keyword alone. */
  readonly queryRead: boolean;
}

/** What was last seen of a model on this machine: enough to say what a run will cost without loading it. */
export interface ModelRate {
  readonly stamp: ModelStamp;
  /** Pairs for a re-ranker; questions embedded and retrieved for an embedder. */
  readonly perSecond: number;
}

export interface EvaluationStoreReport {
  /** Bytes of its values, about: counted as they are written, without what the browser adds. */
  readonly bytes: number;
  readonly sets: number;
  readonly runs: number;
  /** Logits kept. */
  readonly scores: number;
}

/**
 * Question sets, and what evaluations have computed: a run pays only for what is not here. A cache apart from the library:
 * losing it loses time, and the question sets. Where the browser gives no storage, it lives in memory and `unavailable`
 * says why; no call rejects for that reason.
 * Calls reject with QUOTA_EXCEEDED, STORE_BLOCKED, STORE_BROKEN.
 */
export interface EvaluationStore {
  /** Why nothing outlives this tab, else null. */
  readonly unavailable: ErrorData | null;
  /** Newest first. */
  listSets(): Promise<QuestionSet[]>;
  getSet(id: string): Promise<QuestionSet | undefined>;
  /** Replaces a set of the same id. */
  putSet(set: QuestionSet): Promise<void>;
  /** Its runs go with it; scores stay, they belong to the texts. */
  deleteSet(id: string): Promise<void>;
  scores(of: ScoresOf): Promise<PassageScores>;
  /** Adds to what is known of the question, in one transaction; a passage that is there already is replaced. */
  addScores(of: ScoresOf, scores: PassageScores): Promise<void>;
  retrieval(of: RetrievalOf): Promise<RetrievalRecord | undefined>;
  putRetrieval(of: RetrievalOf, record: RetrievalRecord): Promise<void>;
  /** Replaces the set's last run. The newest few runs are kept, one for a set. */
  saveRun(run: EvaluationRun): Promise<void>;
  /** The last run of this set; null: of any set. Half-done ones too. */
  lastRun(setId: string | null): Promise<EvaluationRun | undefined>;
  /** By the model's id in the grid. */
  rate(kind: "embedder" | "reranker", id: string): Promise<ModelRate | undefined>;
  putRate(kind: "embedder" | "reranker", id: string, rate: ModelRate): Promise<void>;
  report(): Promise<EvaluationStoreReport>;
  /** Forgets scores, retrievals, rates and runs; with `sets` the question sets too. */
  clear(sets: boolean): Promise<void>;
  close(): void;
}

/** A run as one HTML file that opens offline. Nothing is stored by reading one. */
export interface ProofFiles {
  encode(data: ProofData): Promise<Blob>;
  /** Checks checksum and form. @throws PROOF_NOT_ONE, PROOF_DAMAGED, PROOF_TOO_NEW */
  decode(file: Blob): Promise<ProofData>;
}
