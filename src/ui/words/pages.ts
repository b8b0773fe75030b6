import type { Chunk, DocumentRecord, PageIndex } from "#core/model.ts";
import { count, plural } from "./numbers.ts";

/** "48 pages", "311 pages, 198 by OCR", "1 page by OCR"; "12 sections" where the document has no pages. */
export function pageCount({ pageCount: pages, format, ocr }: DocumentRecord): string {
  const all = plural(pages, format === "pdf" ? "page" : "section");
  if (ocr === null) return all;
  return ocr.pages.length === pages ? `${all} by OCR` : `${all}, ${count(ocr.pages.length)} by OCR`;
}

/** Whether any text of these pages was read by OCR, which may have misread it. */
export function isByOcr(
  { firstPage, lastPage }: Pick<Chunk, "firstPage" | "lastPage">,
  record: DocumentRecord | undefined,
): boolean {
  return record?.ocr?.pages.some((page) => page >= firstPage && page <= lastPage) === true;
}

function label(record: DocumentRecord | undefined, page: PageIndex): string {
  return record?.pageLabels?.[page] ?? String(page + 1);
}

/**
 * "p. 3", or "pp. 3–4" where the chunk spans pages; the document's own numbering where it has one. In a document
 * without pages the section's heading, or "section 3".
 */
export function pagesOf(chunk: Pick<Chunk, "firstPage" | "lastPage">, record: DocumentRecord | undefined): string {
  const { firstPage, lastPage } = chunk;
  if (record !== undefined && record.format !== "pdf") {
    return record.pageLabels?.[firstPage] ?? `section ${firstPage + 1}`;
  }
  const first = label(record, firstPage);
  return firstPage === lastPage ? `p. ${first}` : `pp. ${first}\u2013${label(record, lastPage)}`;
}
