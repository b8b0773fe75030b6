import type { Chunk, DocumentRecord, PageIndex } from "#core/model.ts";

function label(record: DocumentRecord | undefined, page: PageIndex): string {
  return record?.pageLabels?.[page] ?? String(page + 1);
}

/** "p. 3", or "pp. 3–4" where the chunk spans pages; the document's own numbering where it has one. */
export function pagesOf(chunk: Chunk, record: DocumentRecord | undefined): string {
  const first = label(record, chunk.firstPage);
  if (chunk.firstPage === chunk.lastPage) return `p. ${first}`;
  return `pp. ${first}\u2013${label(record, chunk.lastPage)}`;
}
