/** What the page shows: the state of the two stores and what a person can do with them. No React, no workers. */
import type { ErrorData } from "#core/base/errors.ts";
import type { ChunkPreview } from "#core/chunk/preview.ts";
import type {
  Candidate,
  Chunk,
  ChunkSettings,
  ChunkId,
  DocumentId,
  DocumentRecord,
  Fallback,
  Milliseconds,
  ModelStamp,
  Progress,
  Ranked,
  SearchSettings,
  Verdict,
} from "#core/model.ts";
import type { Gpu } from "#core/models/devices.ts";
import type { Window } from "#core/rerank/windows.ts";
import type { FirstStage } from "#engine/rerank-ways.ts";
import type { ModelReport, OcrLanguage, ScoreScale, StorageReport } from "#core/ports.ts";
import type { ApiSummary, LlmSummary } from "#core/rerank/llm/run.ts";

export type AppState = "starting" | "ready" | "busy" | "error";

/** One row of the Library: a document, or a file on its way to become one. */
export interface LibraryItem {
  /** Stable for the life of the row, also while the content hash is not known yet. */
  readonly key: string;
  readonly id: DocumentId | null;
  readonly name: string;
  readonly bytes: number;
  readonly state: "queued" | "reading" | "recognising" | "embedding" | "ready" | "partial" | "failed";
  /** Pages while reading, and with the share of the present one while recognising; chunks while embedding; null when nothing runs or the total is unknown. */
  readonly progress: Progress | null;
  /** Present when the document is stored, also while it waits for new vectors or cannot be searched. */
  readonly record: DocumentRecord | null;
  /** Present when `failed`. */
  readonly error: ErrorData | null;
}

export interface Machine {
  /** Threads the runtime uses now. */
  readonly threads: number;
  /** False until the service worker has taken over on hosts that send no isolation headers. */
  readonly isolated: boolean;
  readonly gpu: Gpu["adapter"];
  readonly embedder: ModelReport | null;
  readonly reranker: ModelReport | null;
}

/** Something to say once, outside any row; dismissed by the person. */
export type Notice =
  | { readonly id: number; readonly kind: "error"; readonly error: ErrorData }
  | { readonly id: number; readonly kind: "imported"; readonly documents: number; readonly reembedded: number }
  | { readonly id: number; readonly kind: "duplicate"; readonly name: string; readonly existing: string }
  /** Documents that were found incomplete when the library opened, and removed. */
  | { readonly id: number; readonly kind: "removed-broken"; readonly names: readonly string[] }
  /** A link points into a document that is not here; it opens once the document is. */
  | { readonly id: number; readonly kind: "link-unknown"; readonly sha256: string }
  /** The place that a link gives was counted in another text of this file. */
  | { readonly id: number; readonly kind: "link-unsure"; readonly name: string }
  /** The document that was open in the reader left the library. */
  | { readonly id: number; readonly kind: "reader-closed"; readonly name: string }
  /** No offline use here, and why. */
  | { readonly id: number; readonly kind: "not-offline"; readonly reason: string }
  /** OCR saw no words on the pages that it was to read; the document is as it was. */
  | { readonly id: number; readonly kind: "ocr-nothing"; readonly name: string }
  | { readonly id: number; readonly kind: "update-ready" };

/** What OCR is to read with. */
export interface OcrChoice {
  /** At hand: of this site and chosen files; null while nobody has looked. */
  readonly languages: readonly OcrLanguage[] | null;
  /** Codes out of `languages`. */
  readonly chosen: readonly string[];
  /** Why a file was not taken, or the list is not there. */
  readonly error: ErrorData | null;
}

export interface LibraryState {
  readonly app: AppState;
  /** Why the app cannot start, when `app` is `error`. */
  readonly fatal: ErrorData | null;
  readonly items: readonly LibraryItem[];
  readonly storage: StorageReport | null;
  readonly machine: Machine;
  readonly notices: readonly Notice[];
  /** A running export or import; null when none. */
  readonly transfer: { readonly kind: "export" | "import"; readonly progress: Progress } | null;
  /** Questions to start with, once the sample library was asked for. */
  readonly examples: readonly string[];
  /** How documents are cut into chunks. */
  readonly chunking: ChunkSettings;
  readonly ocr: OcrChoice;
  /** The library that is open (null = the person's own) and the names of the others. */
  readonly libraries: { readonly current: string | null; readonly named: readonly string[] };
}

export interface LibraryActions {
  addFiles(files: readonly File[]): void;
  /** Loads the sample library that ships with the app. */
  addSamples(): void;
  /** Stops one file on its way in; nothing of it is kept. */
  cancel(key: string): void;
  /** Takes a failed row away. */
  dismiss(key: string): void;
  /** Tries a failed file once more; with a password where it asked for one. */
  retry(key: string, password?: string): void;
  /** Has OCR read the pages without text of a failed scan, or of a stored document, in the languages chosen. */
  readByOcr(key: string): void;
  /** Looks which language data are at hand; `ocr` says it. */
  listOcrLanguages(): void;
  chooseOcrLanguages(codes: readonly string[]): void;
  /** Keeps language data that the person chose from their disk. */
  addOcrLanguage(file: File): Promise<void>;
  removeOcrLanguage(code: string): Promise<void>;
  /** Cuts all documents anew; those that come out the same keep their vectors. */
  setChunking(settings: ChunkSettings): Promise<void>;
  /** What a stored document's chunks would be under other settings; null where the document is gone. */
  readonly previewChunks: (
    settings: ChunkSettings,
    id: DocumentId,
    signal: AbortSignal,
  ) => Promise<ChunkPreview | null>;
  remove(id: DocumentId): Promise<void>;
  clear(): Promise<void>;
  /** The library as one file, ready to be saved; null when cancelled or failed (a notice says why). */
  exportLibrary(): Promise<Blob | null>;
  importLibrary(file: File): Promise<void>;
  cancelTransfer(): void;
  /** Opens another library (null = the person's own); the page starts anew with it. */
  openLibrary(name: string | null): void;
  /** Deletes the open library, a named one, with all that is kept beside it, and opens the person's own. */
  deleteLibrary(): Promise<void>;
  /** Looks again which libraries there are. */
  listLibraries(): Promise<void>;
  dismissNotice(id: number): void;
  /** Starts the newer version of the app that is stored already; reloads the page. */
  applyUpdate(): void;
}

export type LibraryView = LibraryState & LibraryActions;

export type SearchPhase = "idle" | "retrieving" | "reranking" | "done" | "stopped" | "failed";

export interface SearchResult {
  readonly query: string;
  readonly settings: SearchSettings;
  /** The whole pool, best first. */
  readonly before: readonly Candidate[];
  /** The same pool in its present order: scored first, the rest in its old order (rules R1, R3). */
  readonly after: readonly Ranked[];
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
  readonly documents: ReadonlyMap<DocumentId, DocumentRecord>;
  /** Chunks the filter left to search. */
  readonly searched: number;
  /** The re-ranker on its way into memory, in bytes; null before and after. */
  readonly loading: Progress | null;
  /** `reused` of the scored ones were known already. */
  readonly progress: { readonly scored: number; readonly reused: number; readonly of: number };
  /** Present once re-ranking ended, in whatever way; null with the re-ranker off. */
  readonly verdict: Verdict | null;
  readonly timing: { readonly embed: Milliseconds; readonly retrieve: Milliseconds; readonly rerank: Milliseconds };
  /** Which model made the dense score and the logit (rule R4). */
  readonly embedder: ModelStamp | null;
  readonly reranker: ModelStamp | null;
  /** Of a cascade: the bundled re-ranker's scores of the whole pool. */
  readonly first: FirstStage | null;
  /** After how many of the pool a fast re-ranking had its top. */
  readonly settled: number | null;
  /** In the passages' texts: the parts that logits are of, where a passage was longer than the model reads. */
  readonly windows: ReadonlyMap<ChunkId, Window>;
  /** What the rows' logits are (rule R4). */
  readonly scale: ScoreScale;
  /** Of a language model: what the run has come to; null for another, and where everything was known. */
  readonly run: LlmSummary | null;
  /** The same of a re-ranker behind a rerank API. */
  readonly api: ApiSummary | null;
  readonly fallbacks: readonly Fallback[];
}

export interface SearchState {
  readonly settings: SearchSettings;
  /** What was asked last; empty where nothing was. */
  readonly query: string;
  readonly phase: SearchPhase;
  readonly result: SearchResult | null;
  readonly error: ErrorData | null;
}

export interface SearchActions {
  /** Runs a query; a new one replaces the one that runs. */
  ask(query: string): void;
  /** Clamps to the allowed ranges and recomputes only what changed. */
  change(settings: Partial<SearchSettings>): void;
  stop(): void;
}

export type SearchView = SearchState & SearchActions;
