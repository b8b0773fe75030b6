/** The types of an evaluation: questions with known answers → a grid of settings → outcomes → a report. Plain data. */
import type { CharOffset, ChunkId, DocumentId, Milliseconds, ModelStamp, PageIndex, RetrievalMode } from "../model.ts";

export type QuestionId = string;
/** Whole number; 0 = looked at and not relevant, 1 relevant, 2 highly relevant. Imported ones may be larger or negative. */
export type Grade = number;

/** What answers a question. Offsets count in the document's text, so judgements outlive a change of chunk settings. */
export type Target =
  | { readonly kind: "document"; readonly documentId: DocumentId; readonly grade: Grade }
  | { readonly kind: "page"; readonly documentId: DocumentId; readonly page: PageIndex; readonly grade: Grade }
  | {
      readonly kind: "passage";
      readonly documentId: DocumentId;
      readonly start: CharOffset;
      readonly end: CharOffset;
      readonly grade: Grade;
    };

export interface Question {
  /** Unique within its set. */
  readonly id: QuestionId;
  readonly text: string;
  /** Of one kind only, that of the set's level. */
  readonly targets: readonly Target[];
}

/**
 * `judged`: grades given in Compare. `masked`: sentences taken out of their own chunks. `generated`: written by a language
 * model. `imported`: from a file.
 */
export type QuestionSetOrigin = "judged" | "masked" | "generated" | "imported";

export interface QuestionSet {
  readonly id: string;
  readonly name: string;
  readonly origin: QuestionSetOrigin;
  /** What is ranked: documents (max-passage over their chunks), pages, or passages. */
  readonly level: Target["kind"];
  readonly questions: readonly Question[];
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** `masked` only: the sentences that are taken out of every chunk before anything is searched. */
  readonly masked: readonly MaskedSentence[];
  /** `generated` here: what was planned, and how far it came. Absent in sets that a file brought, or that are older. */
  readonly synthetic?: SyntheticPlan;
}

/** A set under way, or done: a stopped one goes on with the passages whose `given` is null. */
export interface SyntheticPlan {
  /** All that wrote questions of this set, in order. `host`: the endpoint that was asked; null: the text stayed in the browser. */
  readonly models: readonly { readonly id: string; readonly host: string | null }[];
  readonly seed: number;
  readonly perChunk: number;
  readonly chunks: readonly SyntheticChunk[];
}

export interface SyntheticChunk {
  readonly documentId: DocumentId;
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** Questions that its reply gave; null: not asked yet, or the call failed. */
  readonly given: number | null;
}

export interface MaskedSentence {
  readonly documentId: DocumentId;
  readonly start: CharOffset;
  readonly end: CharOffset;
}

// ---------------------------------------------------------------- grid

/** The settings that are tried, every one with every other. */
export interface Grid {
  readonly retrieval: readonly RetrievalMode[];
  /** Ids of embedding models. */
  readonly embedders: readonly string[];
  /** Ids of re-rankers; `off` is always a row, whether it is named or not. */
  readonly rerankers: readonly string[];
  /** Pool sizes; `off` is measured to the depth of the largest. */
  readonly pools: readonly number[];
}

/** One row of the table. */
export interface Cell {
  /** Made of the fields below: stable across runs. */
  readonly key: string;
  readonly retrieval: RetrievalMode;
  readonly embedder: string;
  readonly reranker: "off" | (string & {});
  /** Candidates that are re-ranked; for `off`, how deep the list is. */
  readonly pool: number;
}

/** What one cell made of one question. */
export interface Outcome {
  readonly questionId: QuestionId;
  /** Items in their final order, without repeats: chunks grouped into what the set's level ranks (`itemsOf`). */
  readonly items: readonly string[];
  /** The chunk that brought item i in; same length. */
  readonly chunks: readonly ChunkId[];
  /** The 1-based rank of that chunk in the list of chunks, before items were made of it: what a pool size counts. */
  readonly ranks: readonly number[];
  /** The sorting score of item i (a logit where re-ranked, else the retriever's); NaN where it was not scored. */
  readonly scores: readonly number[];
  /** Null where the numbers came from a cache: no time was spent, so none is known. */
  readonly milliseconds: Milliseconds | null;
  /** Something did not run as asked (keyword instead of dense, re-ranker failed), in the code of its reason; else null. */
  readonly fallback: string | null;
}

/** The grades of one question by item id; unjudged items are absent. */
export type Grades = ReadonlyMap<string, Grade>;

export interface CellOutcomes {
  readonly cell: Cell;
  /** In the set's order; questions that did not run yet are absent. */
  readonly outcomes: readonly Outcome[];
  readonly embedder: ModelStamp | null;
  readonly reranker: ModelStamp | null;
}

/** A run, whole or under way: everything that tables, charts and exports are made of. */
export interface EvaluationRun {
  readonly set: QuestionSet;
  readonly grid: Grid;
  /** By question: the grades of the items its targets stand for. */
  readonly grades: ReadonlyMap<QuestionId, Grades>;
  readonly cells: readonly CellOutcomes[];
  /** Hash over the library's documents, chunks and vectors that were searched. */
  readonly corpusKey: string;
  readonly corpus: { readonly documents: number; readonly chunks: number };
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finished: boolean;
}

/** Before running: what it will take. */
export interface CostEstimate {
  readonly cells: number;
  readonly questions: number;
  /** Pairs to score that are not cached, at most (a pool may come out smaller). */
  readonly pairs: number;
  readonly cachedPairs: number;
  /** Pairs per second measured on this machine, else null. */
  readonly pairsPerSecond: number | null;
  readonly milliseconds: Milliseconds | null;
}

// ---------------------------------------------------------------- metrics

/** How the numbers are counted; presets in `presets.ts`. */
export interface MetricOptions {
  /** Grades from here up count as relevant in the binary metrics. */
  readonly relevantFrom: Grade;
  readonly gain: "linear" | "exponential";
  /** What the ideal list of nDCG holds: all judged (`judged`), or as many ones as expected ids (`llamaindex`). */
  readonly ideal: "judged" | "llamaindex";
  /** How neighbours of equal score are ordered before anything is counted: as they came, or by id. */
  readonly ties: "input" | "docDesc" | "docAsc";
  /** Unjudged items count as not relevant, or are skipped as if they were not in the list (grades below 0 with them). */
  readonly unjudged: "nonrelevant" | "skip";
  /** A question without an outcome counts as 0, or is left out of the mean. */
  readonly missing: "zero" | "skip";
}

export type MetricName = "hit" | "mrr" | "ndcg" | "recall" | "precision" | "map";
