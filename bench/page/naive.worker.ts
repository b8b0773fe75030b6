import {
  AutoModelForSequenceClassification,
  AutoTokenizer,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Tensor,
} from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import { entryOf, readManifest } from "#workers/model/manifest.ts";
import { withRuntime, type RuntimeOptions } from "#workers/model/runtime.ts";
import { exposeApi } from "#workers/wire/expose.ts";

let loaded: readonly [PreTrainedTokenizer, PreTrainedModel] | undefined;

/** Re-ranking as the library's model cards show it: the whole pool as one padded batch. */
const api = {
  async load(options: RuntimeOptions): Promise<void> {
    const entry = entryOf(await readManifest(options.site), "reranker");
    loaded = await withRuntime(
      options,
      entry,
      () => {},
      () =>
        Promise.all([
          AutoTokenizer.from_pretrained(entry.id),
          AutoModelForSequenceClassification.from_pretrained(entry.id, { dtype: entry.dtype, device: "wasm" }),
        ]),
    );
  },
  async score(query: string, texts: string[]): Promise<Float32Array> {
    if (loaded === undefined) throw new EngineError("UNEXPECTED", "load() first");
    const [tokenizer, model] = loaded;
    const inputs: unknown = tokenizer(
      Array.from(texts, () => query),
      {
        text_pair: texts,
        padding: true,
        truncation: true,
      },
    );
    const { logits } = (await model(inputs)) as { logits: Tensor };
    return logits.data as Float32Array;
  },
};

export type NaiveApi = typeof api;
exposeApi(api);
