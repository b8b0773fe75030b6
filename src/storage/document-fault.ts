import { documentText } from "#core/chunk/page-spans.ts";
import type { Chunk, Page, StoredDocument } from "#core/model.ts";
import { chunkIdAt } from "./chunk-columns.ts";

/** Rounding of a 384-term float32 sum stays far below this; a row that is longer would win every search. */
const LONGEST_ROW_SQUARED = 1.01;

/**
 * Why this document would damage a library, or null. The one judge for writing, exporting and importing;
 * whether the id is the file's SHA-256 is checked by those who hold the bytes.
 */
export function documentFault(document: StoredDocument): string | null {
  const { record, file, pages, chunks, vectors, readable } = document;
  if (file.size !== record.bytes) return `file has ${file.size} bytes, record says ${record.bytes}`;
  if (pages.length !== record.pageCount) return `${pages.length} pages, record says ${record.pageCount}`;
  if (record.pageLabels !== null && record.pageLabels.length !== pages.length) return "one label per page expected";
  if (chunks.length !== record.chunkCount) return `${chunks.length} chunks, record says ${record.chunkCount}`;
  if (vectors.length !== chunks.length * record.vectorStamp.dimension) return "vectors are not chunks × dimension";
  if (readable.length !== chunks.length) return "one readable flag per chunk expected";
  return (
    firstFault(pages, pageFault) ??
    chunkFaults(document, documentText(pages)) ??
    vectorFault(vectors, record.vectorStamp.dimension) ??
    (readable.every((flag) => flag <= 1) ? null : "a readable flag is neither 0 nor 1")
  );
}

function firstFault<T>(items: readonly T[], fault: (item: T, at: number) => string | null): string | null {
  for (const [at, item] of items.entries()) {
    const found = fault(item, at);
    if (found !== null) return found;
  }
  return null;
}

function pageFault(page: Page, at: number): string | null {
  const { starts, ends, frames, ...rest } = page.runs;
  const { blocks, edges, text, bodyEnd } = page;
  if (page.index !== at) return `page ${at} calls itself ${page.index}`;
  if (!Number.isFinite(page.width) || !Number.isFinite(page.height)) return `page ${at} has no finite size`;
  const isEven = [ends, ...Object.values(rest)].every((column) => column.length === starts.length);
  if (!isEven || frames.length !== 6 * starts.length) return `page ${at}: columns of runs differ`;
  if (edges.length !== text.length) return `page ${at}: one edge per character expected`;
  if (!Number.isInteger(bodyEnd) || bodyEnd < 0 || bodyEnd > text.length) return `page ${at}: the body ends outside`;
  const { kinds, levels } = blocks;
  if (kinds.length !== blocks.starts.length || levels.length !== kinds.length)
    return `page ${at}: columns of blocks differ`;
  if (blocks.starts.some((start) => start > text.length)) return `page ${at}: a block is outside the text`;
  for (let run = 0; run < starts.length; run += 1) {
    if (starts[run]! > ends[run]! || ends[run]! > text.length) return `page ${at}: run ${run} is outside the text`;
  }
  return null;
}

/** Rule C1, and what the packed form relies on. */
function chunkFaults(document: StoredDocument, text: string): string | null {
  const { id } = document.record;
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
  return firstFault(document.chunks, (chunk: Chunk, at) => {
    if (chunk.documentId !== id || chunk.ordinal !== at || chunk.id !== chunkIdAt(id, at))
      return `chunk ${at}: wrong id`;
    if (![chunk.start, chunk.end, chunk.firstPage, chunk.lastPage, chunk.tokens].every(isCount)) {
      return `chunk ${at}: a position is not a whole number`;
    }
    if (chunk.start > chunk.end || chunk.end > text.length) return `chunk ${at} is outside the text`;
    if (text.slice(chunk.start, chunk.end) !== chunk.text) return `chunk ${at}: text differs from the document's`;
    if (chunk.firstPage > chunk.lastPage || chunk.lastPage >= document.pages.length) return `chunk ${at}: no such page`;
    return null;
  });
}

function vectorFault(vectors: Float32Array, dimension: number): string | null {
  for (let row = 0; row < vectors.length; row += dimension) {
    let squared = 0;
    for (let at = row; at < row + dimension; at += 1) squared += vectors[at]! * vectors[at]!;
    // Written so that NaN is a fault too.
    if (!(squared <= LONGEST_ROW_SQUARED)) return `vector ${row / dimension} is longer than 1 or not a number`;
  }
  return null;
}
