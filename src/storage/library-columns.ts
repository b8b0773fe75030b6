import { PAGE_SEPARATOR } from "#core/model.ts";
import type { Chunk, DocumentId, Page, TextRuns } from "#core/model.ts";
import { packChunks, unpackChunks } from "./chunk-columns.ts";
import { damaged } from "./library-frame.ts";
import type { PageEntry } from "./library-schema.ts";
import { ownFloats } from "./typed-arrays.ts";

/*
 * Numbers of a library file: 32 bits, little endian, as typed arrays have them on every platform that runs a browser.
 */

/** Per page: starts, ends (u32 each), boxes (f32, four per run). */
export function encodeRuns(pages: readonly Page[]): Uint8Array<ArrayBuffer> {
  return concatenated(pages.flatMap(({ runs }) => [runs.starts, runs.ends, runs.boxes]));
}

export function decodePages(entries: readonly PageEntry[], runs: ArrayBuffer): Page[] {
  const total = entries.reduce((sum, entry) => sum + entry.runs, 0);
  requireBytes(runs, total * 24, "runs");
  let at = 0;
  return entries.map((entry) => {
    const count = entry.runs;
    const own: TextRuns = {
      starts: new Uint32Array(runs.slice(at, at + 4 * count)),
      ends: new Uint32Array(runs.slice(at + 4 * count, at + 8 * count)),
      boxes: new Float32Array(runs.slice(at + 8 * count, at + 24 * count)),
    };
    at += 24 * count;
    return { ...entry, runs: own };
  });
}

/** Five columns of u32: start, end, first page, last page, tokens. The texts follow from rule C1 and are not repeated. */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const { starts, ends, firstPages, lastPages, tokens } = packChunks(chunks);
  return concatenated([starts, ends, firstPages, lastPages, tokens]);
}

export function decodeChunks(id: DocumentId, count: number, bytes: ArrayBuffer, pages: readonly Page[]): Chunk[] {
  requireBytes(bytes, 20 * count, "chunks");
  const column = (at: number): Uint32Array => new Uint32Array(bytes, 4 * count * at, count);
  const [starts, ends] = [column(0), column(1)];
  const text = pages.map((page) => page.text).join(PAGE_SEPARATOR);
  const texts = Array.from(starts, (start, at) => text.slice(start, ends[at]));
  return unpackChunks(id, { starts, ends, firstPages: column(2), lastPages: column(3), tokens: column(4), texts });
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
