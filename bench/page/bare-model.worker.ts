import { AutoTokenizer, type PreTrainedTokenizer } from "@huggingface/transformers";
// The very module that transformers.js runs on: one runtime, one set of flags.
import { InferenceSession, Tensor } from "onnxruntime-web/webgpu";
import { EngineError } from "#core/base/errors.ts";
import { bundled, readManifest } from "#workers/model/manifest.ts";
import { frame, tokenIds, withRuntime, type RuntimeOptions } from "#workers/model/runtime.ts";
import { exposeApi } from "#workers/wire/expose.ts";

type Feeds = Record<string, Tensor>;

let tokenizer: PreTrainedTokenizer | undefined;
let session: InferenceSession | undefined;
let batches: Feeds[] = [];

/** A bare ONNX Runtime session on a bundled model. Tokens are made before the clock starts. */
const api = {
  async load(options: RuntimeOptions, kind: "embedder" | "reranker"): Promise<void> {
    const entry = bundled(await readManifest(options.site), kind);
    tokenizer = await withRuntime(
      options,
      entry,
      () => {},
      () => AutoTokenizer.from_pretrained(entry.id),
    );
    const file = await fetch(new URL(`models/${entry.id}/onnx/model_quantized.onnx`, options.site));
    session = await InferenceSession.create(await file.arrayBuffer(), { executionProviders: ["wasm"] });
  },

  /** Milliseconds that the tokenizer alone takes for these texts. */
  tokenise(texts: readonly string[]): number {
    const started = performance.now();
    for (const text of texts) tokenIds(ready(tokenizer), text);
    return performance.now() - started;
  },

  /** Batches of `size` rows: [CLS] text [SEP], or [CLS] query [SEP] text [SEP] where there is a query. Cut to `most`. */
  prepare(texts: readonly string[], size: number, most: number, query: string | null): void {
    const [cls, sep] = frame(ready(tokenizer));
    const head = query === null ? [cls] : [cls, ...tokenIds(ready(tokenizer), query), sep];
    const rows = texts.map((text) => [
      ...head,
      ...tokenIds(ready(tokenizer), text).slice(0, most - head.length - 1),
      sep,
    ]);
    batches = [];
    for (let from = 0; from < rows.length; from += size) {
      batches.push(
        feeds(rows.slice(from, from + size), query === null ? null : head.length, ready(tokenizer).pad_token_id),
      );
    }
  },

  /** Milliseconds for all batches, one after the other. */
  async run(): Promise<number> {
    const started = performance.now();
    for (const batch of batches) {
      const outputs = await ready(session).run(batch);
      for (const output of Object.values(outputs)) output.dispose();
    }
    return performance.now() - started;
  },
};

function feeds(rows: readonly (readonly number[])[], second: number | null, pad: number): Feeds {
  const length = Math.max(...rows.map((row) => row.length));
  const column = (value: (row: readonly number[], at: number) => number): Tensor => {
    const data = rows.flatMap((row) => Array.from({ length }, (_, at) => BigInt(value(row, at))));
    return new Tensor("int64", BigInt64Array.from(data), [rows.length, length]);
  };
  const types = second === null ? {} : { token_type_ids: column((row, at) => Number(at >= second && at < row.length)) };
  return {
    input_ids: column((row, at) => row[at] ?? pad),
    attention_mask: column((row, at) => Number(at < row.length)),
    ...types,
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new EngineError("UNEXPECTED", "load() first");
  return value;
}

export type BareModelApi = typeof api;
exposeApi(api);
