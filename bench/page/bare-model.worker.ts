import { AutoTokenizer } from "@huggingface/transformers";
// The very module that transformers.js runs on: one runtime, one set of flags.
import { InferenceSession, Tensor } from "onnxruntime-web/webgpu";
import { EngineError } from "#core/base/errors.ts";
import { entryOf, readManifest } from "#workers/model/manifest.ts";
import { withRuntime, type RuntimeOptions } from "#workers/model/runtime.ts";
import type { TokenRow } from "#workers/model/padded-batch.ts";
import { Tokens } from "#workers/model/tokens.ts";
import { exposeApi } from "#workers/wire/expose.ts";

type Feeds = Record<string, Tensor>;

let tokens: Tokens | undefined;
let session: InferenceSession | undefined;
let batches: Feeds[] = [];

/** A bare ONNX Runtime session on a bundled model. Tokens are made before the clock starts. */
const api = {
  async load(options: RuntimeOptions, kind: "embedder" | "reranker"): Promise<void> {
    const entry = entryOf(await readManifest(options.site), kind);
    const tokenizer = await withRuntime(
      options,
      entry,
      () => {},
      () => AutoTokenizer.from_pretrained(entry.id),
    );
    tokens = new Tokens(tokenizer);
    const file = await fetch(new URL(`models/${entry.id}/onnx/model_quantized.onnx`, options.site));
    session = await InferenceSession.create(await file.arrayBuffer(), { executionProviders: ["wasm"] });
  },

  /** Milliseconds that the tokenizer alone takes for these texts. */
  tokenise(texts: readonly string[]): number {
    const started = performance.now();
    for (const text of texts) ready(tokens).ids(text);
    return performance.now() - started;
  },

  /** Batches of `size` rows: a text, or a query and a text where there is a query. Cut to `most`. */
  prepare(texts: readonly string[], size: number, most: number, query: string | null): void {
    const made = ready(tokens);
    const asked = query === null ? null : made.ids(query);
    const room = most - (asked === null ? made.singleSpecials : asked.length + made.pairSpecials);
    const rows = texts.map((text) => {
      const ids = made.ids(text).slice(0, room);
      return asked === null ? made.single(ids) : made.pair(asked, ids);
    });
    batches = [];
    for (let from = 0; from < rows.length; from += size) {
      batches.push(feeds(rows.slice(from, from + size), query !== null, made.padding));
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

function feeds(rows: readonly TokenRow[], hasTypes: boolean, pad: number): Feeds {
  const length = Math.max(...rows.map(({ ids }) => ids.length));
  const column = (value: (row: TokenRow, at: number) => number): Tensor => {
    const data = rows.flatMap((row) => Array.from({ length }, (_, at) => BigInt(value(row, at))));
    return new Tensor("int64", BigInt64Array.from(data), [rows.length, length]);
  };
  const types = hasTypes
    ? { token_type_ids: column(({ ids, second }, at) => Number(at >= second && at < ids.length)) }
    : {};
  return {
    input_ids: column(({ ids }, at) => ids[at] ?? pad),
    attention_mask: column(({ ids }, at) => Number(at < ids.length)),
    ...types,
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new EngineError("UNEXPECTED", "load() first");
  return value;
}

export type BareModelApi = typeof api;
exposeApi(api);
