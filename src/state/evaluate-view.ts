/** What the Evaluate screen shows and what a person can do there. Numbers are of the run and preset on show. */
import type { ErrorData } from "#core/base/errors.ts";
import type { ImportedSet, ImportReport } from "#core/evaluate/formats/imported.ts";
import type {
  Cell,
  CostEstimate,
  EvaluationRun,
  Grid,
  MetricName,
  QuestionId,
  QuestionSet,
} from "#core/evaluate/model.ts";
import type { CountSettings, EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import type { Unresolved } from "#core/evaluate/resolve.ts";
import type { Progress } from "#core/model.ts";

/** What the grid may be made of on this machine: ids of models, the library's own embedder first. */
export interface GridChoices {
  readonly embedders: readonly string[];
  readonly rerankers: readonly string[];
}

export type RunPhase = "idle" | "preparing" | "running" | "done" | "stopped" | "failed";

/** How far one row of the table is. */
export interface CellProgress {
  readonly cell: Cell;
  readonly done: number;
}

/** What a corpus is doing on its way to become a library. */
export interface CorpusProgress {
  /** `storing`: the answers are being found in what was stored. */
  readonly stage: "reading" | "embedding" | "storing";
  /** While files are read: their bytes. */
  readonly documents: Progress;
}

/**
 * Makes a library of its own of the set's corpus, and puts the set into it. Cancelled, nothing of it stays; cut off in
 * another way, the next import of that name goes on.
 * @returns the name of the new library, its questions, and the targets that no document of the corpus is
 * @throws what ingest throws, CANCELLED
 */
export type ImportCorpus = (
  set: ImportedSet,
  signal: AbortSignal,
  onProgress: (progress: CorpusProgress) => void,
) => Promise<{ readonly library: string; readonly questions: number; readonly unresolved: number }>;

/** An import, from the choice of files to its report. */
export interface ImportState {
  readonly phase: "reading" | "indexing" | "done" | "failed";
  readonly files: readonly string[];
  readonly progress: CorpusProgress | null;
  readonly report: ImportReport | null;
  /** Targets of the file that no document of the library is. */
  readonly unresolved: number;
  /** The first of them, where they were looked for in the open library. */
  readonly notFound: readonly Unresolved[];
  /** The library that holds an imported corpus, ready to be opened. */
  readonly library: string | null;
  readonly error: ErrorData | null;
}

export type ExportFormat = "trec-run" | "trec-qrels" | "csv" | "markdown" | "json" | "proof";

export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface EvaluateState {
  /** Stored sets and the last run were read. */
  readonly isReady: boolean;
  /** Newest first. */
  readonly sets: readonly QuestionSet[];
  readonly chosen: string | null;
  readonly choices: GridChoices;
  readonly grid: Grid;
  readonly cost: CostEstimate | null;
  readonly phase: RunPhase;
  readonly progress: Progress | null;
  readonly cells: readonly CellProgress[];
  readonly pairsPerSecond: number | null;
  /** The last run ended by itself, before its end: documents came or went meanwhile. */
  readonly libraryChanged: boolean;
  readonly error: ErrorData | null;
  /** Not finished: what was done so far. */
  readonly run: EvaluationRun | null;
  /** The run was read from a file and not made here. */
  readonly isBundle: boolean;
  readonly counted: CountSettings;
  readonly report: EvaluationReport | null;
  readonly importing: ImportState | null;
}

export interface EvaluateActions {
  /** The screen came or went: costs and reports are worked out only while somebody can see them. */
  look(isLooking: boolean): void;
  choose(setId: string): void;
  /** Takes sentences out of their own chunks as questions. */
  makeMasked(questions: number, seed: number): Promise<void>;
  renameQuestion(setId: string, id: QuestionId, text: string): Promise<void>;
  deleteQuestion(setId: string, id: QuestionId): Promise<void>;
  deleteSet(setId: string): Promise<void>;
  /** Question sets in any format that is read, or a proof bundle. */
  importFiles(files: readonly File[]): Promise<void>;
  cancelImport(): void;
  closeImport(): void;
  change(grid: Partial<Grid>): void;
  count(settings: Partial<CountSettings>): void;
  start(): Promise<void>;
  stop(): void;
  /** Questions of one row of the run on show, best gain first. */
  gains(cellKey: string, metric: MetricName): Promise<readonly QuestionGain[]>;
  exportRun(format: ExportFormat, cellKey: string | null): Promise<NamedFile>;
  exportSet(setId: string): Promise<NamedFile>;
}

export type EvaluateView = EvaluateState & EvaluateActions;
