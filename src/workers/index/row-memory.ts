import { EngineError } from "#core/base/errors.ts";
import { kernelOver, type Dots } from "./kernel/kernel.ts";

const PAGE = 65_536;
/** Memory grows by whole megabytes: a grow invalidates every view. */
const GROW_PAGES = 16;
/** One page short of 4 GB, so that the address behind the last row is still a number of 32 bits. */
const MOST_PAGES = 65_535;
/** Rows scored by one kernel call: their scores, 16 KB, stay in the first-level cache. */
const BATCH = 4096;

/** Rows of float32 in one WASM memory: query, one batch of scores, rows. Every row starts on a multiple of 64 bytes. */
export class RowMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #dots: Dots;
  readonly #dimension: number;
  readonly #stride: number;
  readonly #rowsAt: number;

  constructor(dimension: number) {
    this.#memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
    this.#dots = kernelOver(this.#memory);
    this.#dimension = dimension;
    this.#stride = Math.ceil(dimension / 16) * 64;
    this.#rowsAt = this.#stride + BATCH * 4;
  }

  /** Makes room for so many rows in all. @throws OUT_OF_MEMORY, with nothing changed */
  reserve(rows: number): void {
    const needed = Math.ceil((this.#rowsAt + rows * this.#stride) / PAGE);
    const missing = needed - this.#memory.buffer.byteLength / PAGE;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / GROW_PAGES) * GROW_PAGES);
    } catch (cause) {
      throw new EngineError(
        "OUT_OF_MEMORY",
        "the vector index cannot grow",
        { rows, dimension: this.#dimension },
        cause,
      );
    }
  }

  write(row: number, vectors: Float32Array): void {
    const count = vectors.length / this.#dimension;
    const width = this.#stride / 4;
    const target = new Float32Array(this.#memory.buffer, this.#address(row), count * width);
    if (width === this.#dimension) target.set(vectors);
    else {
      // The padding is never written: it is zero, as all fresh WASM memory.
      for (let i = 0; i < count; i += 1) {
        target.set(vectors.subarray(i * this.#dimension, (i + 1) * this.#dimension), i * width);
      }
    }
  }

  read(row: number): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#address(row), this.#dimension).slice();
  }

  /** Closes the gap of `count` rows before row `from`: rows from..to move down. */
  shift(from: number, to: number, count: number): void {
    new Uint8Array(this.#memory.buffer).copyWithin(this.#address(from - count), this.#address(from), this.#address(to));
  }

  query(query: Float32Array): void {
    new Float32Array(this.#memory.buffer, 0, this.#dimension).set(query);
  }

  /** Dot products of the last query with `count` rows, into `out` at `offset`. */
  score(row: number, count: number, out: Float32Array, offset: number): void {
    for (let done = 0; done < count; done += BATCH) {
      const now = Math.min(BATCH, count - done);
      this.#dots(0, this.#address(row + done), this.#stride, now, this.#stride);
      out.set(new Float32Array(this.#memory.buffer, this.#stride, now), offset + done);
    }
  }

  #address(row: number): number {
    return this.#rowsAt + row * this.#stride;
  }
}
