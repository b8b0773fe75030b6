/** What the readers of question sets take and give. A set is read as it is written; `resolve.ts` finds it in a library. */
import type { Grade, Target } from "../model.ts";

/** A chosen file. core has no streams: the caller makes the text of a Blob's stream. */
export interface InputFile {
  /** With the folder that was chosen, if any: `scifact/qrels/test.tsv`. */
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  /** UTF-8 decoded, from the start with each call; the pieces may part anywhere. */
  text(): AsyncIterable<string>;
}

export type SetFormat = "beir" | "trec" | "llamaindex" | "csv";

/** What answers a question, in the words of the file. At least one of document and text is not null. */
export interface ImportedTarget {
  /** Name, id or title of a document, or the id of a passage. */
  readonly document: string | null;
  /** A page's label or 1-based number. */
  readonly page: string | null;
  readonly text: string | null;
  readonly grade: Grade;
  /** 1-based line in `file`; 0 where the file has no lines. */
  readonly line: number;
  readonly file: string;
}

export interface ImportedQuestion {
  readonly id: string;
  readonly text: string;
  readonly targets: readonly ImportedTarget[];
}

export interface CorpusDocument {
  readonly id: string;
  /** "" where there is none. */
  readonly title: string;
  /** "" only where there is a title. */
  readonly text: string;
}

export interface ImportedCorpus {
  readonly documents: number;
  /** Reads the file again from the start, one document in memory at a time; what the report counted is left out. */
  read(): AsyncIterable<CorpusDocument>;
}

export interface ImportedSet {
  readonly name: string;
  readonly format: SetFormat;
  /** The finest level that every target can be brought to. */
  readonly level: Target["kind"];
  readonly questions: readonly ImportedQuestion[];
  readonly corpus: ImportedCorpus | null;
  /** Complete, also for the corpus: its file was read once through. */
  readonly report: ImportReport;
}

/** Why a line is not in the result, or not as it was written. Rules F1 to F22 in the README. */
export type ImportReason =
  /** Skipped. */
  | "line-malformed"
  | "line-too-long"
  | "header-unexpected"
  | "id-missing"
  | "id-duplicate"
  | "question-empty"
  | "question-unknown"
  | "question-unjudged"
  | "document-empty"
  | "document-unknown"
  | "judgement-duplicate"
  | "target-missing"
  | "grade-invalid"
  | "file-unused"
  /** Read all the same. */
  | "header-missing"
  | "grade-negative"
  | "not-utf8";

export interface ImportProblem {
  readonly file: string;
  /** 1-based; 0: the whole file. */
  readonly line: number;
  readonly reason: ImportReason;
  /** The id or the beginning of the line, at most 80 characters; "" where there is nothing to show. */
  readonly excerpt: string;
}

export interface ImportReport {
  readonly read: { readonly questions: number; readonly judgements: number; readonly documents: number };
  /** How often each reason came up, in all. */
  readonly counts: Readonly<Partial<Record<ImportReason, number>>>;
  /** The first of each reason, in the order found (LIMITS.problems each). */
  readonly problems: readonly ImportProblem[];
}

export const LIMITS = {
  /** An hour of embedding at 30 passages a second on two cores is 108,000 passages. */
  documents: 100_000,
  /** Held twice while it is indexed (text and passages); origins are promised a few gigabytes. Checked before reading. */
  corpusBytes: 1_073_741_824,
  /** JSON and CSV sets are small; JSON is parsed as one string, and a string ends at 512 M characters in V8. */
  setBytes: 268_435_456,
  /** A question of the grid costs seconds: 20,000 of them are a day. */
  questions: 20_000,
  /** Some 200 bytes each in memory. */
  judgements: 1_000_000,
  /** Characters. The longest line in BEIR's public sets is below 1 M; what is longer is a file without line feeds. */
  line: 8_000_000,
  /** Problems listed for each reason: enough to see the pattern, few enough to show. */
  problems: 50,
} as const;
