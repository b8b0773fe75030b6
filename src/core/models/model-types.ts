/**
 * `model_type`s of transformers.js 4.3.1 that the workers can run: text encoders as embedders, pair classifiers, and
 * language models for the yes-no head. `model-types.test.ts` holds them against the installed package.
 */
export const ENCODERS: ReadonlySet<string> = new Set([
  "bert",
  "eurobert",
  "neobert",
  "modernbert",
  "nomic_bert",
  "roformer",
  "electra",
  "camembert",
  "deberta",
  "deberta-v2",
  "mpnet",
  "albert",
  "distilbert",
  "roberta",
  "xlm",
  "xlm-roberta",
  "mobilebert",
  "squeezebert",
]);

export const CLASSIFIERS: ReadonlySet<string> = new Set([...ENCODERS].filter((type) => type !== "nomic_bert"));

export const CAUSAL: ReadonlySet<string> = new Set(["qwen2", "qwen3"]);

/** Language models whose one graph takes tokens and gives the next one's logits. */
export const GENERATORS: ReadonlySet<string> = new Set([
  ...CAUSAL,
  "llama",
  "gemma",
  "gemma2",
  "gemma3_text",
  "granite",
  "lfm2",
  "smollm3",
  "phi3",
  "mistral",
  "ministral3",
  "olmo2",
  "olmo3",
  "exaone",
  "ernie4_5",
  "helium",
  "cohere2",
  "arcee",
]);

/** Positions that RoBERTa's family counts and no token gets: its first one is the padding's number plus one. */
export const ROBERTA: ReadonlySet<string> = new Set(["roberta", "xlm-roberta", "camembert"]);
