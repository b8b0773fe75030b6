import { readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CATALOGUE, NOT_OFFERED } from "./catalogue.ts";
import { SMALL_FILES } from "./files.ts";
import { cleanPaths, listingOf } from "./from-files.ts";
import { CAUSAL, CLASSIFIERS, ENCODERS, GENERATORS } from "./model-types.ts";
import { bestOffer, orderOf } from "./order.ts";
import type { Listing } from "./ports.ts";
import { readModel, type ModelReading } from "./reading.ts";

const SITE = fileURLToPath(new URL("../../workers/model/testing/site/models/", import.meta.url));

const ALL = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx", "onnx/model_quantized.onnx"];

function listing(id: string, paths: readonly string[] = ALL): Listing {
  const files = paths.map((path) => ({ path, bytes: path.length * 1000, hash: null }));
  return { id, revision: "c".repeat(40), files, licence: "mit", languages: ["en"] };
}

function read(
  id: string,
  config: object,
  more: Record<string, object> = {},
  paths?: readonly string[],
): Extract<ModelReading, { refusal: null }> {
  const reading = readAny(id, config, more, paths);
  return reading.refusal === null ? reading : expect.unreachable(reading.refusal.reason);
}

function readAny(
  id: string,
  config: object,
  more: Record<string, object> = {},
  paths?: readonly string[],
): ModelReading {
  const texts = Object.entries({ "config.json": config, ...more }).map(
    ([path, value]) => [path, JSON.stringify(value)] as const,
  );
  return readModel(listing(id, paths), new Map(texts));
}

const BERT = { model_type: "bert", architectures: ["BertModel"], hidden_size: 384, max_position_embeddings: 512 };
const XLMR = {
  model_type: "xlm-roberta",
  architectures: ["XLMRobertaForSequenceClassification"],
  id2label: { "0": "LABEL_0" },
  max_position_embeddings: 514,
};

describe("the catalogue", () => {
  test("K1 ids are unique, named as the hub names them, and the ones of the issue are there", () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w.-]+\/[\w.-]+$/);
    for (const name of [
      "bge-reranker-base",
      "ms-marco-MiniLM-L-6-v2",
      "all-MiniLM-L6-v2",
      "bge-small-en-v1.5",
      "multilingual-e5-small",
      "gte-reranker-modernbert-base",
      "bge-reranker-v2-m3-ONNX",
      "Qwen3-Reranker-0.6B-ONNX",
    ]) {
      expect(
        ids.some((id) => id.endsWith(`/${name}`)),
        name,
      ).toBe(true);
    }
    for (const id of Object.keys(NOT_OFFERED)) expect(ids).not.toContain(id);
  });

  test("K1 non-commercial licences are flagged, and every yes-no model has its template", () => {
    for (const { licence } of CATALOGUE) expect(licence.nonCommercial).toBe(/-NC-/.test(licence.name ?? ""));
    for (const model of CATALOGUE) {
      if (model.kind === "reranker") expect(model.template !== null).toBe(model.head === "yes-no");
    }
  });
});

describe("a repository", () => {
  test("K3 K4 all-MiniLM: an embedding model whose facts the catalogue knows better than its files", () => {
    const { facts, unknown } = read("Xenova/all-MiniLM-L6-v2", BERT, {
      "tokenizer_config.json": { model_max_length: 512 },
    });
    expect(facts).toMatchObject({ kind: "embedder", dimension: 384, pooling: "mean", maxTokens: 256, queryPrefix: "" });
    expect(unknown).toEqual([]);
  });

  test("K4 an embedding model that nobody knows: sentence-transformers' files say it", () => {
    const { facts, unknown } = read("someone/new", BERT, {
      "1_Pooling/config.json": { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
      "config_sentence_transformers.json": { prompts: { query: "Q: ", document: "" } },
      "sentence_bert_config.json": { max_seq_length: 128 },
      "tokenizer_config.json": { model_max_length: 1e30 },
    });
    expect(facts).toMatchObject({ pooling: "cls", queryPrefix: "Q: ", passagePrefix: "", maxTokens: 128 });
    expect(unknown).toEqual([]);
  });

  test("K4 what no file says is listed, and something usual stands in for it", () => {
    const { facts, unknown } = read("someone/bare", { model_type: "bert", architectures: ["BertModel"] });
    expect(facts).toMatchObject({ dimension: 384, pooling: "mean", maxTokens: 512 });
    expect(unknown.toSorted()).toEqual(["dimension", "max-tokens", "pooling", "prefixes"]);
  });

  test("K5 steps behind the pooling, and poolings that nobody here makes, are refused: wrong vectors would look right", () => {
    const dense = readAny("someone/dense", BERT, {
      "1_Pooling/config.json": { pooling_mode_mean_tokens: true },
      "modules.json": [
        { type: "sentence_transformers.models.Transformer" },
        { type: "sentence_transformers.models.Dense" },
        { type: "sentence_transformers.models.Normalize" },
      ],
    });
    expect(dense.refusal).toEqual({ reason: "foreign-steps", steps: ["Dense"] });
    const max = readAny("someone/max", BERT, { "1_Pooling/config.json": { pooling_mode_max_tokens: true } });
    expect(max.refusal).toEqual({ reason: "foreign-steps", steps: ["pooling max_tokens"] });
  });

  test("K3 heads follow from the labels; RoBERTa's positions are two more than its tokens", () => {
    expect(read("a/one", XLMR).facts).toMatchObject({
      kind: "reranker",
      head: "logit",
      maxTokens: 512,
      template: null,
    });
    const two = read("a/two", { ...XLMR, id2label: { "0": "no", "1": "yes" } });
    expect(two.facts).toMatchObject({ head: "two-logits" });
    expect(readAny("a/many", { ...XLMR, id2label: { "0": "a", "1": "b", "2": "c" } }).refusal).toEqual({
      reason: "many-labels",
      labels: 3,
    });
    const named = read("a/my-reranker", { model_type: "bert", id2label: { "0": "x" } });
    expect(named.facts.kind).toBe("reranker");
    expect(named.unknown).toContain("kind");
  });

  test("K3 a causal model is a re-ranker where it is known as one, and a language model elsewhere", () => {
    const qwen = { model_type: "qwen3", architectures: ["Qwen3ForCausalLM"], max_position_embeddings: 40_960 };
    const { facts } = read("onnx-community/Qwen3-Reranker-0.6B-ONNX", qwen);
    expect(facts).toMatchObject({ head: "yes-no", template: { yes: "yes", no: "no" } });
    const chat = { "tokenizer_config.json": { chat_template: "{{ messages }}", model_max_length: 131_072 } };
    const { facts: model } = read("Qwen/Qwen3-0.6B", qwen, chat);
    expect(model).toMatchObject({ kind: "generator", maxTokens: 40_960 });
    expect(Object.keys(model)).not.toContain("head");
    expect(readAny("a/base", qwen).refusal).toEqual({ reason: "no-chat-template" });
    const classifier = { model_type: "qwen2", architectures: ["Qwen2ForSequenceClassification"] };
    expect(readAny("a/qwen2-classifier", classifier, chat).refusal).toMatchObject({ reason: "unknown-type" });
    const t5 = { model_type: "t5", architectures: ["T5ForConditionalGeneration"] };
    expect(readAny("a/t5", t5).refusal).toMatchObject({ reason: "generates-text" });
  });

  test("K2 K3 a language model brings its template, its end tokens and weights beside the graph", () => {
    const llama = { model_type: "llama", architectures: ["LlamaForCausalLM"], max_position_embeddings: 8192 };
    const beside = [
      "chat_template.jinja",
      "generation_config.json",
      "onnx/model_q4f16.onnx",
      "onnx/model_q4f16.onnx_data",
    ];
    const { facts, offers } = read("a/llama", llama, {}, [...ALL, ...beside, "onnx/decoder_model.onnx"]);
    expect(facts.kind).toBe("generator");
    const paths = offers.find(({ dtype }) => dtype === "q4f16")!.files.map(({ path }) => path);
    expect(paths.toSorted()).toEqual([...ALL.filter((path) => !path.startsWith("onnx/")), ...beside].toSorted());
  });

  test("K5 what cannot run says why", () => {
    const reason = (id: string, config: object, paths?: readonly string[]) => readAny(id, config, {}, paths).refusal;
    expect(reason("a/b", BERT, ["config.json", "model.safetensors", "x.gguf"])).toEqual({
      reason: "no-onnx",
      formats: ["safetensors", "gguf"],
    });
    expect(reason("a/b", BERT, ["onnx/model.onnx", "config.json"])).toEqual({
      reason: "files-missing",
      files: ["tokenizer.json", "tokenizer_config.json"],
    });
    expect(reason("a/vit", { model_type: "vit", architectures: ["ViTModel"] })).toEqual({
      reason: "unknown-type",
      type: "vit",
    });
    expect(reason("jinaai/jina-reranker-v3", BERT)).toEqual({ reason: "not-offered", why: "no-onnx" });
    expect(readModel(listing("a/b"), new Map([["config.json", "<!doctype html>"]])).refusal).toEqual({
      reason: "no-config",
    });
  });

  test("K2 dtypes come with their weights, beside the graph too, and their exact bytes", () => {
    const paths = [
      ...ALL,
      "onnx/model_fp16.onnx",
      "onnx/model_fp16.onnx_data",
      "onnx/model_fp16.onnx_data_1",
      "onnx/model_int8.onnx",
    ];
    const { offers, facts } = read("a/b", XLMR, {}, paths);
    expect(offers.map(({ dtype }) => dtype)).toEqual(["fp32", "fp16", "q8"]);
    const half = offers.find(({ dtype }) => dtype === "fp16")!;
    expect(half.files.filter(({ path }) => path.startsWith("onnx/"))).toHaveLength(3);
    expect(half.bytes).toBe(half.files.reduce((sum, { path }) => sum + path.length * 1000, 0));
    expect(orderOf(facts, half)).toMatchObject({ facts: { dtype: "fp16" }, files: half.files });
    expect(bestOffer(offers, false, false)?.dtype).toBe("q8");
    expect(bestOffer(offers, true, true)?.dtype).toBe("fp16");
    expect(bestOffer(offers, true, false)?.dtype).toBe("fp32");
    expect(bestOffer([], true, true)).toBeNull();
  });
});

describe("a folder", () => {
  test("K6 outer folders and what systems add go; nothing leads out", () => {
    const given = [
      "top/m/config.json",
      "top/m/onnx/model.onnx",
      "top/m/.DS_Store",
      "__MACOSX/top/m/x",
      "top/m/../../x",
    ];
    const clean = cleanPaths(new Map(given.map((path) => [path, 1])));
    expect([...clean.keys()]).toEqual(["config.json", "onnx/model.onnx"]);
    expect([
      ...cleanPaths(
        new Map([
          ["onnx\\model.onnx", 1],
          ["config.json", 2],
        ]),
      ).keys(),
    ]).toEqual(["onnx/model.onnx", "config.json"]);
    expect(listingOf(new Map(), "r", "my model (1)").id).toBe("local/my-model-1-");
  });

  test("K2 to K4 every generated model is read as the manifest has it", () => {
    const manifest = JSON.parse(readFileSync(`${SITE}manifest.json`, "utf8")) as {
      models: {
        id: string;
        kind: string;
        head?: string;
        dtype: string;
        files: { path: string }[];
        maxTokens: number;
      }[];
    };
    expect(manifest.models.length).toBeGreaterThan(8);
    for (const model of manifest.models) {
      const folder = `${SITE}${model.id}/`;
      const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
        statSync(folder + path).isFile(),
      );
      const files = paths.map((path) => ({ path, bytes: statSync(folder + path).size, hash: null }));
      const texts = new Map(
        paths.filter((path) => SMALL_FILES.includes(path)).map((path) => [path, readFileSync(folder + path, "utf8")]),
      );
      // A causal model is a re-ranker by its name only.
      const id = model.head === "yes-no" ? "local/qwen3-reranker" : `local/${model.id}`;
      const reading = readModel({ id, revision: "r", files, licence: null, languages: [] }, texts);
      if (reading.refusal !== null) expect.unreachable(`${model.id}: ${reading.refusal.reason}`);
      else {
        expect(reading.facts.kind, model.id).toBe(model.kind);
        if (reading.facts.kind === "reranker") expect(reading.facts.head).toBe(model.head);
        expect(reading.offers.map(({ dtype }) => dtype)).toEqual([model.dtype]);
        expect(reading.offers[0]!.files.map(({ path }) => path).toSorted()).toEqual(
          model.files.map(({ path }) => path).toSorted(),
        );
        expect(reading.facts.maxTokens).toBe(model.maxTokens);
      }
    }
  });
});

test("K7 every type is one that the installed library has a class for", () => {
  const registry = readFileSync(
    fileURLToPath(new URL("../../../node_modules/@huggingface/transformers/src/models/registry.js", import.meta.url)),
    "utf8",
  );
  const typesOf = (name: string): string => {
    const from = registry.indexOf(`${name} = new Map`);
    expect(from, name).toBeGreaterThan(0);
    return registry.slice(from, registry.indexOf("]);", from));
  };
  const encoders = typesOf("MODEL_MAPPING_NAMES_ENCODER_ONLY");
  const classifiers = typesOf("MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES");
  const causal = typesOf("MODEL_FOR_CAUSAL_LM_MAPPING_NAMES");
  for (const type of ENCODERS) expect(encoders, type).toContain(`'${type}'`);
  for (const type of CLASSIFIERS) expect(classifiers, type).toContain(`'${type}'`);
  for (const type of [...CAUSAL, ...GENERATORS]) expect(causal, type).toContain(`'${type}'`);
});
