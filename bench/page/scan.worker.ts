import type { DocumentId } from "#core/model.ts";
import { ExactWasmIndex } from "#workers/index/exact-wasm.ts";
import { randomRows, randomUnit } from "#workers/index/testing/vectors.ts";
import { exposeApi } from "#workers/wire/expose.ts";

type Read = (from: number, bytes: number) => number;

const REPEATS = 8;
const index = new ExactWasmIndex();
let query: Float32Array = new Float32Array();
let read: Read = () => 0;
let bytes = 0;

/** The exact index and a loop that only reads, each over its own WASM memory of the same size. */
const api = {
  fill(rows: number, dimension: number, kernel: string): void {
    const vectors = randomRows(rows, dimension, 7);
    query = randomUnit(dimension, 8);
    index.add("0".repeat(64) as DocumentId, vectors, new Uint8Array(rows).fill(1), dimension);
    bytes = vectors.byteLength;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
    new Float32Array(memory.buffer, 0, vectors.length).set(vectors);
    const code = Uint8Array.from(atob(kernel), (letter) => letter.charCodeAt(0));
    read = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports["read"] as Read;
  },
  /** Milliseconds per search for the 200 best. */
  search: (): number => each(() => index.search(query, 200, null)),
  /** Milliseconds per scan: every score, no order. */
  scores: (): number => each(() => index.scores(query, index.documents())),
  /** Milliseconds per reading of every byte. */
  read: (): number => each(() => read(0, bytes)),
};

function each(work: () => unknown): number {
  const started = performance.now();
  for (let i = 0; i < REPEATS; i += 1) work();
  return (performance.now() - started) / REPEATS;
}

export type ScanApi = typeof api;
exposeApi(api);
