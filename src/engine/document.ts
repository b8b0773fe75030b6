import { TEXT_VERSION, type DocumentRecord, type DocumentText, type StoredDocument } from "#core/model.ts";
import { stateOf, warningsOf, type Prepared } from "./prepare.ts";

/** Read by older rules. What OCR has read is kept: the file alone would give less. */
export function isOldText({ textVersion, ocr }: DocumentRecord): boolean {
  return textVersion !== TEXT_VERSION && ocr === null;
}

/** The document with another text; its chunks are those of the old one until `withChunks`. */
export function withText(document: StoredDocument, { format, title, pages, warnings }: DocumentText): StoredDocument {
  const pageCount = pages.length;
  const pageLabels = pages.some((page) => page.label !== null) ? pages.map((page) => page.label) : null;
  const record: DocumentRecord = {
    ...document.record,
    format,
    title,
    pageCount,
    pageLabels,
    warnings,
    textVersion: TEXT_VERSION,
  };
  return { ...document, record, pages };
}

/** The document with other chunks and vectors of its own text. */
export function withChunks(document: StoredDocument, { vectorStamp, ...made }: Prepared): StoredDocument {
  // What reading found stays; what the chunks show is found anew.
  const found = document.record.warnings.filter(({ kind }) => !ofChunks.has(kind));
  const warnings = [...found, ...warningsOf(document.pages, made.readable)];
  const record: DocumentRecord = {
    ...document.record,
    vectorStamp,
    warnings,
    chunkCount: made.chunks.length,
    state: stateOf(warnings),
  };
  return { ...document, ...made, record };
}

/** Warnings that `warningsOf` makes from pages and vectors. */
const ofChunks: ReadonlySet<string> = new Set(["pages-without-text", "pages-garbled", "language-not-read"]);
