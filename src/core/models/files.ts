import type { Dtype } from "../model.ts";
import type { Listing, OfferedFile } from "./ports.ts";

/** Weights by dtype, as transformers.js names them. */
const WEIGHTS: Readonly<Record<Dtype, string>> = {
  fp32: "onnx/model.onnx",
  fp16: "onnx/model_fp16.onnx",
  q8: "onnx/model_quantized.onnx",
  q4: "onnx/model_q4.onnx",
  q4f16: "onnx/model_q4f16.onnx",
};

/** What is read of a repository before anything is loaded; those that it has. */
export const SMALL_FILES: readonly string[] = [
  "config.json",
  "tokenizer_config.json",
  "modules.json",
  "1_Pooling/config.json",
  "sentence_bert_config.json",
  "config_sentence_transformers.json",
];

/** Where newer repositories keep the template that stood in tokenizer_config.json. */
export const CHAT_TEMPLATE = "chat_template.jinja";

/** Loaded beside the weights; the first three must be there. */
const NEEDED = ["config.json", "tokenizer.json", "tokenizer_config.json"];
const WELCOME = ["special_tokens_map.json", "generation_config.json", CHAT_TEMPLATE];

/** The needed files that a repository does not have. */
export function missingFiles({ files }: Listing): string[] {
  return NEEDED.filter((path) => !files.some((file) => file.path === path));
}

/** All files of a model in one dtype, weights first; null where it has none. */
export function filesFor({ files }: Listing, dtype: Dtype): OfferedFile[] | null {
  const weights = files.filter(({ path }) => isWeights(path, WEIGHTS[dtype]));
  if (!weights.some(({ path }) => path === WEIGHTS[dtype])) return null;
  const others = [...NEEDED, ...WELCOME].flatMap((path) => files.filter((file) => file.path === path));
  return [...weights, ...others];
}

/** Large weights lie beside the graph: `model.onnx_data`, `model.onnx_data_1` … */
function isWeights(path: string, graph: string): boolean {
  return path === graph || (path.startsWith(`${graph}_data`) && /^(_\d+)?$/.test(path.slice(`${graph}_data`.length)));
}
