import {
  AutoModelForSequenceClassification,
  AutoTokenizer,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import { MOST_UNKNOWN, unknownShare } from "#core/embedding/unknown.ts";
import type { ModelReport, OnProgress, OnScores, Passage, Signal } from "#core/ports.ts";
import { planBatches } from "#core/rerank/batches.ts";
import { bundled, readManifest, type RerankerEntry } from "../model/manifest.ts";
import { frame, tokenIds, withRuntime, type RuntimeOptions } from "../model/runtime.ts";
import { threadsFor } from "../model/threads.ts";
import { breathe } from "../wire/expose.ts";

/** Milliseconds between two messages to the page: one frame. A message per pair was a tenth of the time. */
const PACE = 16;

/** [CLS] query [SEP] passage [SEP]. */
const PAIR_SPECIALS = 3;

interface Pair {
  readonly query: readonly number[];
  readonly passage: readonly number[];
}

/** The bundled cross-encoder, in the thread that owns its ONNX Runtime session. Gives raw logits, never a sigmoid. */
export class BundledReranker {
  static async load(options: RuntimeOptions, onProgress: OnProgress): Promise<BundledReranker> {
    const entry = bundled(await readManifest(options.site), "reranker");
    const [tokenizer, model] = await withRuntime(options, entry, onProgress, () =>
      Promise.all([
        AutoTokenizer.from_pretrained(entry.id),
        // Not the text-classification pipeline: its softmax over one logit gives every passage 1.0.
        AutoModelForSequenceClassification.from_pretrained(entry.id, { dtype: entry.dtype, device: "wasm" }),
      ]),
    );
    const reranker = new BundledReranker(entry, tokenizer, model, threadsFor(options.threads));
    await reranker.#checkGolden();
    return reranker;
  }

  readonly #entry: RerankerEntry;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #model: PreTrainedModel;
  readonly #threads: number;
  readonly #frame: readonly [open: number, close: number];
  #goldenError = 0;

  private constructor(entry: RerankerEntry, tokenizer: PreTrainedTokenizer, model: PreTrainedModel, threads: number) {
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

  async score(query: string, passages: readonly Passage[], signal: Signal, onScores: OnScores): Promise<void> {
    const unknownId = this.#tokenizer.unk_token_id;
    const queryIds = tokenIds(this.#tokenizer, query);
    const readsQuery = unknownShare(queryIds, unknownId) <= MOST_UNKNOWN;
    const ids = passages.map(({ text }) => tokenIds(this.#tokenizer, text));
    const readable = ids.map((row) => readsQuery && unknownShare(row, unknownId) <= MOST_UNKNOWN);
    const delivered: Promise<void>[] = [];
    const report = (rows: readonly number[], logits: Float32Array): void => {
      delivered.push(Promise.resolve(onScores({ ids: rows.map((row) => passages[row]!.id), logits })));
    };

    const unread = ids.flatMap((_, row) => (readable[row] ? [] : [row]));
    if (unread.length > 0) report(unread, new Float32Array(unread.length).fill(Number.NaN));

    const rows = ids.flatMap((_, row) => (readable[row] ? [row] : []));
    const cut = queryIds.slice(0, this.#entry.queryTokens);
    const pairs = rows.map((row): Pair => ({ query: cut, passage: ids[row]!.slice(0, this.#budget(cut)) }));
    let fresh: { readonly row: number; readonly logit: number }[] = [];
    const flush = (): void => {
      if (fresh.length === 0) return;
      report(
        fresh.map(({ row }) => row),
        Float32Array.from(fresh, ({ logit }) => logit),
      );
      fresh = [];
    };
    let heard = performance.now();
    for (const batch of planBatches(pairs.map((pair) => pair.passage.length))) {
      if (signal.aborted) break;
      const logits = await this.#run(batch.map((at) => pairs[at]!));
      batch.forEach((at, i) => fresh.push({ row: rows[at]!, logit: logits[i]! }));
      if (performance.now() - heard < PACE) continue;
      flush();
      await breathe();
      heard = performance.now();
    }
    // Also at a stop: what was scored is kept (rule R3).
    flush();
    // Across threads a callback and the final answer travel on different ports, in no order: wait for each.
    await Promise.all(delivered);
    signal.throwIfAborted();
  }

  #budget(query: readonly number[]): number {
    return this.#entry.maxTokens - query.length - PAIR_SPECIALS;
  }

  async #run(pairs: readonly Pair[]): Promise<Float32Array> {
    const [cls, sep] = this.#frame;
    const rows = pairs.map(({ query, passage }) => [cls, ...query, sep, ...passage, sep]);
    const length = Math.max(...rows.map((row) => row.length));
    const cells = rows.length * length;
    const input = new BigInt64Array(cells).fill(BigInt(this.#tokenizer.pad_token_id));
    const mask = new BigInt64Array(cells);
    const types = new BigInt64Array(cells);
    // A bigint per token is garbage: ids are small, so the lower half of the little-endian word is the number.
    const inputWords = new Int32Array(input.buffer);
    const maskWords = new Int32Array(mask.buffer);
    const typeWords = new Int32Array(types.buffer);
    rows.forEach((row, r) => {
      const second = pairs[r]!.query.length + 2;
      row.forEach((id, t) => {
        const word = 2 * (r * length + t);
        inputWords[word] = id;
        maskWords[word] = 1;
        typeWords[word] = t < second ? 0 : 1;
      });
    });
    const shape = [rows.length, length];
    const output = (await this.#model({
      input_ids: new Tensor("int64", input, shape),
      attention_mask: new Tensor("int64", mask, shape),
      token_type_ids: new Tensor("int64", types, shape),
    })) as { logits: Tensor };
    const logits = Float32Array.from(output.logits.data as Float32Array);
    output.logits.dispose();
    return logits;
  }

  async #checkGolden(): Promise<void> {
    const { golden, id } = this.#entry;
    for (const { query, passage, logit } of golden.pairs) {
      const pair = { query: tokenIds(this.#tokenizer, query), passage: tokenIds(this.#tokenizer, passage) };
      const [scored = Number.NaN] = await this.#run([pair]);
      const error = Math.abs(scored - logit);
      this.#goldenError = Math.max(this.#goldenError, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    }
    if (this.#goldenError > golden.tolerance) {
      throw new EngineError("DEVICE_WRONG_NUMBERS", "golden logits differ", { model: id, error: this.#goldenError });
    }
  }
}
