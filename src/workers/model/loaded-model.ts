import { AutoTokenizer, type PreTrainedModel, type PreTrainedTokenizer, type Tensor } from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import type { Device, Dtype } from "#core/model.ts";
import { MOST_UNKNOWN, unknownShare } from "#core/embedding/unknown.ts";
import type { ModelEntry } from "#core/models/entry.ts";
import type { ModelReport, OnProgress } from "#core/ports.ts";
import { bucketOf } from "#core/rerank/batches.ts";
import { keptEntry } from "../models/read.ts";
import { entryOf, readManifest } from "./manifest.ts";
import { paddedBatch, type PaddedBatch, type TokenRow } from "./padded-batch.ts";
import { runtimeError, withRuntime, type RuntimeOptions } from "./runtime.ts";
import { threadsFor } from "./threads.ts";
import { Tokens } from "./tokens.ts";

/** How transformers.js makes a session of a folder: `AutoModel`, `AutoModelForSequenceClassification`. */
interface ModelClass {
  from_pretrained(
    id: string,
    options: { dtype: Dtype; device: Device; use_external_data_format: number },
  ): Promise<PreTrainedModel>;
}

/** A model in the thread that owns its ONNX Runtime session: what an embedder and a re-ranker have in common. */
export class LoadedModel<E extends ModelEntry> {
  /** @throws MODEL_MISSING, MODEL_CORRUPT, MODEL_MISMATCH, WORKER_CRASHED, OUT_OF_MEMORY */
  static async load<K extends ModelEntry["kind"]>(
    options: RuntimeOptions,
    kind: K,
    loader: (entry: Extract<ModelEntry, { kind: K }>) => ModelClass,
    onProgress: OnProgress,
  ): Promise<LoadedModel<Extract<ModelEntry, { kind: K }>>> {
    const device = options.device ?? "wasm";
    const entry =
      options.kept === undefined
        ? entryOf(await readManifest(options.site), kind, options.model)
        : entryOf([await keptEntry(options.site, options.kept)], kind);
    const [tokenizer, model] = await withRuntime(options, entry, onProgress, () =>
      Promise.all([
        AutoTokenizer.from_pretrained(entry.id),
        loader(entry).from_pretrained(entry.id, {
          dtype: entry.dtype,
          device,
          // Weights beside the graph, in as many files.
          use_external_data_format: entry.files.filter(({ path }) => /\.onnx_data(_\d+)?$/.test(path)).length,
        }),
      ]),
    );
    return new LoadedModel(entry, tokenizer, model, device, threadsFor(options.threads));
  }

  readonly entry: E;
  readonly tokenizer: PreTrainedTokenizer;
  readonly tokens: Tokens;
  /** As the library has it, for what `run` does not do; any error of it poisons the realm. */
  readonly session: PreTrainedModel;
  readonly #device: Device;
  readonly #threads: number;
  #goldenError: number | null = null;

  private constructor(
    entry: E,
    tokenizer: PreTrainedTokenizer,
    model: PreTrainedModel,
    device: Device,
    threads: number,
  ) {
    this.entry = entry;
    this.#device = device;
    this.tokenizer = tokenizer;
    this.tokens = new Tokens(tokenizer);
    this.session = model;
    this.#threads = threads;
  }

  get report(): ModelReport {
    const { id, revision, dtype, maxTokens } = this.entry;
    const stamp = { id, revision, dtype, device: this.#device };
    return { stamp, threads: this.#threads, maxTokens, goldenError: this.#goldenError, fallback: null };
  }

  /** Share of a text's tokens that the vocabulary does not know, 0 to 1. */
  unknownShare(ids: readonly number[]): number {
    return unknownShare(ids, this.tokens.unknown);
  }

  reads(ids: readonly number[]): boolean {
    return this.unknownShare(ids) <= MOST_UNKNOWN;
  }

  /** One run; `more` beside the tokens, for graphs that have such inputs. `take` gets the output's numbers, which are gone afterwards. @throws MODEL_MISMATCH where there is no such output */
  async run<T>(
    rows: readonly TokenRow[],
    output: "last_hidden_state" | "logits",
    take: (values: Float32Array, dims: readonly number[], batch: PaddedBatch) => T,
    more: Readonly<Record<string, Tensor>> = {},
  ): Promise<T> {
    const batch = paddedBatch(rows, this.tokens.padding, this.#bucket(rows));
    const running = this.session({ ...batch.feeds, ...more }) as Promise<Partial<Record<string, Tensor>>>;
    const outputs = await running.catch((thrown: unknown) => {
      throw runtimeError(thrown, this.entry.id);
    });
    const tensor = outputs[output];
    if (tensor === undefined) {
      throw new EngineError("MODEL_MISMATCH", `the model gives no ${output}`, { model: this.entry.id, output });
    }
    try {
      // Some graphs give 16-bit numbers.
      const numbers = tensor.type === "float32" ? tensor : tensor.to("float32");
      return take(numbers.data as Float32Array, tensor.dims, batch);
    } finally {
      for (const made of Object.values(outputs)) made?.dispose();
    }
  }

  /** Few shapes on WebGPU, none longer than the model's positions; a causal model's row ends with its last token. */
  #bucket(rows: readonly TokenRow[]): number {
    if (this.#device === "wasm" || ("head" in this.entry && this.entry.head === "yes-no")) return 0;
    return Math.min(this.entry.maxTokens, bucketOf(Math.max(...rows.map(({ ids }) => ids.length))));
  }

  /**
   * Holds what the model gave against what it gave where it was made.
   * @param errors differences in the model's own unit; NaN counts as wrong
   * @throws DEVICE_WRONG_NUMBERS
   */
  checkGolden(errors: Iterable<number>, tolerance: number): void {
    const worst = Math.max(
      0,
      ...Array.from(errors, (error) => (Number.isNaN(error) ? Number.POSITIVE_INFINITY : error)),
    );
    this.#goldenError = worst;
    if (worst > tolerance) {
      throw new EngineError("DEVICE_WRONG_NUMBERS", "golden values differ", { model: this.entry.id, error: worst });
    }
  }
}
