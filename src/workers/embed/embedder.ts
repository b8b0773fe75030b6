import {
  AutoModel,
  AutoTokenizer,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import { chunkPages } from "#core/chunk/chunk.ts";
import { CHUNKER_VERSION } from "#core/chunk/settings.ts";
import { meanPool } from "#core/embedding/pool.ts";
import { MOST_UNKNOWN, unknownShare } from "#core/embedding/unknown.ts";
import type { Chunk, ChunkSettings, DocumentId, Page, TokenCount, VectorStamp } from "#core/model.ts";
import type { Embeddings, ModelReport, OnProgress, Signal } from "#core/ports.ts";
import { bundled, readManifest, type EmbedderEntry } from "../model/manifest.ts";
import { frame, tokenIds, withRuntime, type RuntimeOptions } from "../model/runtime.ts";
import { threadsFor } from "../model/threads.ts";
import { breathe } from "../wire/expose.ts";
import { EMBED_BATCH } from "./batch.ts";

/** Milliseconds between two looks at the messages: one frame. A message per batch was 4 % of the time. */
const PACE = 16;

/** The bundled embedding model, in the thread that owns its ONNX Runtime session. */
export class BundledEmbedder {
  static async load(options: RuntimeOptions, onProgress: OnProgress): Promise<BundledEmbedder> {
    const entry = bundled(await readManifest(options.site), "embedder");
    const [tokenizer, model] = await withRuntime(options, entry, onProgress, () =>
      Promise.all([
        AutoTokenizer.from_pretrained(entry.id),
        AutoModel.from_pretrained(entry.id, { dtype: entry.dtype, device: "wasm" }),
      ]),
    );
    const embedder = new BundledEmbedder(entry, tokenizer, model, threadsFor(options.threads));
    await embedder.#checkGolden();
    return embedder;
  }

  readonly #entry: EmbedderEntry;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #model: PreTrainedModel;
  readonly #threads: number;
  readonly #frame: readonly [open: number, close: number];
  #goldenError = 0;

  private constructor(entry: EmbedderEntry, tokenizer: PreTrainedTokenizer, model: PreTrainedModel, threads: number) {
    this.#entry = entry;
    this.#tokenizer = tokenizer;
    this.#model = model;
    this.#threads = threads;
    this.#frame = frame(tokenizer);
  }

  get report(): ModelReport {
    const { id, revision, dtype } = this.#entry;
    return { stamp: { id, revision, dtype, device: "wasm" }, threads: this.#threads, goldenError: this.#goldenError };
  }

  vectorStamp(chunking: ChunkSettings): VectorStamp {
    const { id, revision, dtype, dimension, passagePrefix } = this.#entry;
    return { model: id, revision, dtype, dimension, passagePrefix, chunking, chunker: CHUNKER_VERSION };
  }

  /** The prefix is read beside the chunk: what does not fit would be cut off unseen. */
  chunkLimit(): TokenCount {
    return this.#budget - this.#countTokens(this.#entry.passagePrefix);
  }

  chunk(documentId: DocumentId, pages: readonly Page[], settings: ChunkSettings, signal: Signal): Chunk[] {
    const limit = this.chunkLimit();
    if (settings.strategy === "structure" && settings.size > limit) {
      throw new EngineError("MODEL_MISMATCH", "the model reads shorter texts", { size: settings.size, limit });
    }
    return chunkPages(documentId, pages, settings, (piece) => this.#countTokens(piece), signal, limit);
  }

  async embed(
    texts: readonly string[],
    kind: "query" | "passage",
    signal: Signal,
    onProgress: OnProgress,
  ): Promise<Embeddings> {
    const prefix = kind === "query" ? this.#entry.queryPrefix : this.#entry.passagePrefix;
    const { dimension } = this.#entry;
    const unknownId = this.#tokenizer.unk_token_id;
    const ids = texts.map((text) => tokenIds(this.#tokenizer, prefix + text));
    const unknown = Float32Array.from(ids, (row) => unknownShare(row, unknownId));
    const vectors = new Float32Array(texts.length * dimension);
    let heard = performance.now();
    for (let from = 0; from < texts.length; from += EMBED_BATCH) {
      signal.throwIfAborted();
      const batch = ids.slice(from, from + EMBED_BATCH);
      await this.#run(batch, vectors.subarray(from * dimension, (from + batch.length) * dimension));
      if (performance.now() - heard < PACE) continue;
      onProgress({ done: from + batch.length, of: texts.length });
      await breathe();
      heard = performance.now();
    }
    onProgress({ done: texts.length, of: texts.length });
    unknown.forEach((share, row) => {
      if (share > MOST_UNKNOWN) vectors.fill(0, row * dimension, (row + 1) * dimension);
    });
    return { vectors, unknown };
  }

  #countTokens(piece: string): TokenCount {
    return tokenIds(this.#tokenizer, piece).length;
  }

  /** Content tokens that fit beside [CLS] and [SEP]. */
  get #budget(): number {
    return this.#entry.maxTokens - 2;
  }

  async #run(batch: readonly (readonly number[])[], out: Float32Array): Promise<void> {
    const [cls, sep] = this.#frame;
    const rows = batch.map((ids) => [cls, ...ids.slice(0, this.#budget), sep]);
    const length = Math.max(...rows.map((row) => row.length));
    const cells = rows.length * length;
    const input = new BigInt64Array(cells).fill(BigInt(this.#tokenizer.pad_token_id));
    const mask = new BigInt64Array(cells);
    const present = new Uint8Array(cells);
    // A bigint per token is garbage: ids are small, so the lower half of the little-endian word is the number.
    const inputWords = new Int32Array(input.buffer);
    const maskWords = new Int32Array(mask.buffer);
    rows.forEach((row, r) =>
      row.forEach((id, t) => {
        const cell = r * length + t;
        inputWords[2 * cell] = id;
        maskWords[2 * cell] = 1;
        present[cell] = 1;
      }),
    );
    const shape = [rows.length, length];
    const output = (await this.#model({
      input_ids: new Tensor("int64", input, shape),
      attention_mask: new Tensor("int64", mask, shape),
    })) as { last_hidden_state: Tensor };
    const hidden = output.last_hidden_state.data as Float32Array;
    meanPool(hidden, present, rows.length, length, this.#entry.dimension, out);
    output.last_hidden_state.dispose();
  }

  async #checkGolden(): Promise<void> {
    const { golden, dimension, id } = this.#entry;
    const texts = golden.vectors.map((vector) => vector.text);
    const { vectors } = await this.embed(texts, "passage", new AbortController().signal, () => {});
    golden.vectors.forEach(({ first8 }, row) =>
      first8.forEach((expected, d) => {
        const error = Math.abs(vectors[row * dimension + d]! - expected);
        // NaN must count as wrong, and Math.max would hide nothing of it.
        this.#goldenError = Math.max(this.#goldenError, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
      }),
    );
    if (this.#goldenError > golden.tolerance) {
      throw new EngineError("DEVICE_WRONG_NUMBERS", "golden vectors differ", { model: id, error: this.#goldenError });
    }
  }
}
