/*
 * What version 1 wrote, in the store and in library files: PDFs only, no blocks, no character map, one way to chunk.
 * Its pages come over as plain text; TEXT_VERSION then has the file read anew.
 */
import type { DocumentRecord, DocumentWarning, Page } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import type { ChunkColumns } from "./chunk-columns.ts";

const TEXT_VERSION_1 = 1;

type WarningWithoutText = Extract<DocumentWarning, { kind: "pages-without-text" }>;
type Warning1 =
  | Omit<WarningWithoutText, "scanned">
  | Extract<DocumentWarning, { kind: "pages-garbled" | "language-not-read" }>;

type Stamp = DocumentRecord["vectorStamp"];

export interface Record1 extends Omit<DocumentRecord, "format" | "textVersion" | "ocr" | "warnings" | "vectorStamp"> {
  readonly warnings: readonly Warning1[];
  readonly vectorStamp: Omit<Stamp, "chunking"> & { readonly chunking: Omit<Stamp["chunking"], "strategy"> };
}

export type Page1 = Pick<Page, "index" | "label" | "width" | "height" | "rotation" | "text"> & {
  readonly quality: "text" | "no-text" | "garbled";
};

export type Columns1 = Omit<ChunkColumns, "headings">;

export function recordFrom1(record: Record1): DocumentRecord {
  const { vectorStamp, warnings } = record;
  return {
    ...record,
    format: "pdf",
    textVersion: TEXT_VERSION_1,
    ocr: null,
    warnings: warnings.map((it) => (it.kind === "pages-without-text" ? { ...it, scanned: 0 } : it)),
    vectorStamp: { ...vectorStamp, chunking: { strategy: "structure", ...vectorStamp.chunking } },
  };
}

export function pageFrom1({ index, label, width, height, rotation, text, quality }: Page1): Page {
  return plainPage(index, text, { label, width, height, rotation, quality });
}

export function columnsFrom1(columns: Columns1): ChunkColumns {
  return { ...columns, headings: columns.texts.map(() => []) };
}
