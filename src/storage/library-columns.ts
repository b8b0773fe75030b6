import { documentText } from "#core/chunk/page-spans.ts";
import type { Chunk, DocumentId, Page } from "#core/model.ts";
import { packChunks, unpackChunks } from "./chunk-columns.ts";
import { damaged } from "./library-frame.ts";
import type { Headings, PageEntry } from "./library-schema.ts";
import { ownFloats } from "./typed-arrays.ts";

/*
 * Numbers of a library file: 32 bits, little endian, as typed arrays have them on every platform that runs a browser.
 */

/** Per page its columns, one after the other, without padding; the order is part of the format. */
export function encodeColumns(pages: readonly Page[]): Uint8Array<ArrayBuffer> {
  return concatenated(
    pages.flatMap(({ runs, blocks, edges }) => [
      runs.starts,
      runs.ends,
      runs.sources,
      runs.sourceStarts,
      runs.sourceEnds,
      runs.frames,
      blocks.starts,
      edges,
      blocks.kinds,
      blocks.levels,
    ]),
  );
}

export function decodePages(entries: readonly PageEntry[], bytes: ArrayBuffer): Page[] {
  let at = 0;
  const take = (size: number): ArrayBuffer => {
    at += size;
    if (at > bytes.byteLength) throw damaged(`columns: ${bytes.byteLength} bytes, more expected`);
    return bytes.slice(at - size, at);
  };
  const words = (count: number): Uint32Array => new Uint32Array(take(4 * count));
  const pages = entries.map((entry): Page => {
    const runs = {
      starts: words(entry.runs),
      ends: words(entry.runs),
      sources: words(entry.runs),
      sourceStarts: words(entry.runs),
      sourceEnds: words(entry.runs),
      frames: new Float32Array(take(24 * entry.runs)),
    };
    const starts = words(entry.blocks);
    const edges = new Uint16Array(take(2 * entry.text.length));
    const kinds = new Uint8Array(take(entry.blocks));
    const levels = new Uint8Array(take(entry.blocks));
    return { ...entry, runs, edges, blocks: { starts, kinds, levels } };
  });
  requireBytes(bytes, at, "columns");
  return pages;
}

/** Five columns of u32: start, end, first page, last page, tokens. The texts follow from rule C1 and are not repeated. */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const { starts, ends, firstPages, lastPages, tokens } = packChunks(chunks);
  return concatenated([starts, ends, firstPages, lastPages, tokens]);
}

export function decodeChunks(
  id: DocumentId,
  bytes: ArrayBuffer,
  headings: readonly (readonly string[])[],
  pages: readonly Page[],
): Chunk[] {
  const count = headings.length;
  requireBytes(bytes, 20 * count, "chunks");
  const column = (at: number): Uint32Array => new Uint32Array(bytes, 4 * count * at, count);
  const [starts, ends] = [column(0), column(1)];
  const text = documentText(pages);
  const texts = Array.from(starts, (start, at) => text.slice(start, ends[at]));
  const [firstPages, lastPages, tokens] = [column(2), column(3), column(4)];
  return unpackChunks(id, { starts, ends, firstPages, lastPages, tokens, headings, texts });
}

/** Heading paths repeat from chunk to chunk: each stands once. */
export function encodeHeadings(chunks: readonly Chunk[]): Headings {
  const places = new Map<string, number>();
  const paths: (readonly string[])[] = [];
  const rows = chunks.map(({ headings }) => {
    const key = JSON.stringify(headings);
    const place = places.get(key) ?? paths.push(headings) - 1;
    places.set(key, place);
    return place;
  });
  return { paths: paths.map((path) => [...path]), chunks: rows };
}

export function decodeHeadings({ paths, chunks }: Headings, count: number): (readonly string[])[] {
  if (chunks.length !== count) throw damaged(`headings: ${chunks.length} chunks, ${count} expected`);
  return chunks.map((place) => {
    const path = paths[place];
    if (path === undefined) throw damaged(`headings: no path ${place}`);
    return path;
  });
}

export function encodeVectors(vectors: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(ownFloats(vectors).buffer);
}

export function decodeVectors(bytes: ArrayBuffer, length: number): Float32Array {
  requireBytes(bytes, 4 * length, "vectors");
  return new Float32Array(bytes);
}

function concatenated(views: readonly ArrayBufferView[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(views.reduce((sum, view) => sum + view.byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of views) {
    joined.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return joined;
}

function requireBytes(bytes: ArrayBuffer, expected: number, what: string): void {
  if (bytes.byteLength !== expected) throw damaged(`${what}: ${bytes.byteLength} bytes, ${expected} expected`);
}
