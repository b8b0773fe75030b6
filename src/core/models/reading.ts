import type { Pooling } from "../embedding/pool.ts";
import { DTYPES, type Dtype, type TokenCount } from "../model.ts";
import { inCatalogue, NOT_OFFERED, type CatalogueModel, type NotOffered } from "./catalogue.ts";
import type { Head } from "../rerank/head.ts";
import type { GeneratorFacts, ModelFacts, PairTemplate } from "./entry.ts";
import { CHAT_TEMPLATE, filesFor, missingFiles } from "./files.ts";
import { CAUSAL, CLASSIFIERS, ENCODERS, GENERATORS, ROBERTA } from "./model-types.ts";
import type { Listing, OfferedFile } from "./ports.ts";
import { QWEN3_TEMPLATE } from "./qwen3-template.ts";
import { foreignSteps, sentenceFacts } from "./sentence-facts.ts";
import { numberIn, recordIn, textIn } from "./json.ts";

/** Why a model cannot run here. */
export type Refusal =
  | { readonly reason: "not-offered"; readonly why: NotOffered }
  | { readonly reason: "no-onnx"; readonly formats: readonly string[] }
  | { readonly reason: "files-missing"; readonly files: readonly string[] }
  | { readonly reason: "no-config" }
  | { readonly reason: "foreign-steps"; readonly steps: readonly string[] }
  | { readonly reason: "unknown-type"; readonly type: string }
  | { readonly reason: "generates-text"; readonly type: string }
  | { readonly reason: "no-chat-template" }
  | { readonly reason: "many-labels"; readonly labels: number };

/** A fact that no file says, and that something usual stands in for. */
export type Unknown = "kind" | "pooling" | "dimension" | "prefixes" | "max-tokens" | "licence" | "languages";

/** One way to run a model. */
export interface DtypeOffer {
  readonly dtype: Dtype;
  readonly files: readonly OfferedFile[];
  /** Of all of them. */
  readonly bytes: number;
}

/** What a repository or folder turns out to be. */
export type ModelReading =
  | { readonly refusal: Refusal }
  | {
      readonly refusal: null;
      /** The same for every dtype but that one field. */
      readonly facts: ModelFacts;
      readonly offers: readonly DtypeOffer[];
      readonly unknown: readonly Unknown[];
      readonly catalogue: CatalogueModel | null;
    };

/** What BERT-like models were pre-trained with. */
const USUAL_TOKENS: TokenCount = 512;
/** Of a pair, about an eighth: questions are short, and what does not fit of the passage is read in windows. */
const QUERY_SHARE = 8;
const LEAST_QUERY = 64;

/** @param texts small files by path (`SMALL_FILES`) */
export function readModel(listing: Listing, texts: ReadonlyMap<string, string>): ModelReading {
  const refused = NOT_OFFERED[listing.id];
  if (refused !== undefined) return { refusal: { reason: "not-offered", why: refused } };
  const offers = DTYPES.flatMap((dtype): DtypeOffer[] => {
    const files = filesFor(listing, dtype);
    return files === null ? [] : [{ dtype, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }];
  });
  if (offers.length === 0) return { refusal: { reason: "no-onnx", formats: formatsOf(listing) } };
  const missing = missingFiles(listing);
  if (missing.length > 0) return { refusal: { reason: "files-missing", files: missing } };
  const config = recordIn(texts.get("config.json"));
  if (config === null) return { refusal: { reason: "no-config" } };

  const catalogue = inCatalogue(listing.id);
  const kind = kindOf(config, listing, catalogue);
  if (typeof kind !== "string") return { refusal: kind };
  if (kind === "generator" && !hasChatTemplate(listing, texts)) return { refusal: { reason: "no-chat-template" } };
  const steps = foreignSteps(texts);
  if (steps.length > 0) return { refusal: { reason: "foreign-steps", steps } };
  const unknown: Unknown[] = catalogue === null && architectureOf(config) === "" ? ["kind"] : [];
  const shared = {
    id: listing.id,
    revision: listing.revision,
    dtype: offers[0]!.dtype,
    maxTokens: tokensOf(config, texts, catalogue, unknown),
    licence: listing.licence ?? catalogue?.licence.name ?? said(unknown, "licence", ""),
    languages: languagesOf(listing, catalogue, unknown),
  };
  const facts = factsOf(kind, shared, { config, texts, catalogue, unknown });
  return { refusal: null, facts, offers, unknown, catalogue };
}

type Kind = "embedder" | "generator" | Head;

interface Sources {
  readonly config: Record<string, unknown>;
  readonly texts: ReadonlyMap<string, string>;
  readonly catalogue: CatalogueModel | null;
  /** What had to be guessed is added. */
  readonly unknown: Unknown[];
}

function factsOf(kind: Kind, shared: Omit<GeneratorFacts, "kind">, from: Sources): ModelFacts {
  if (kind === "generator") return { kind, ...shared };
  if (kind === "embedder") {
    return { kind, ...shared, ...embedderFacts(from.config, from.texts, from.catalogue, from.unknown) };
  }
  const queryTokens = Math.max(LEAST_QUERY, Math.floor(shared.maxTokens / QUERY_SHARE));
  return { kind: "reranker", ...shared, ...rerankerFacts(kind, from.catalogue), queryTokens };
}

/** A model that only goes on with a text follows no instructions. */
function hasChatTemplate({ files }: Listing, texts: ReadonlyMap<string, string>): boolean {
  const settings = recordIn(texts.get("tokenizer_config.json")) ?? {};
  return Boolean(settings["chat_template"]) || files.some(({ path }) => path === CHAT_TEMPLATE);
}

function kindOf(config: Record<string, unknown>, { id }: Listing, catalogue: CatalogueModel | null): Kind | Refusal {
  const type = textIn(config, "model_type") ?? "";
  const architecture = architectureOf(config);
  const isReranker = catalogue?.kind === "reranker" || /qwen3.*rerank/i.test(id);
  if (CAUSAL.has(type) && isReranker) return "yes-no";
  const isCausal = architecture === "" || architecture.endsWith("ForCausalLM");
  if (GENERATORS.has(type) && isCausal) return "generator";
  if (/ForCausalLM|ForConditionalGeneration/.test(architecture)) return { reason: "generates-text", type };
  const sounds = architecture === "" && /rerank|cross-encoder|ms-marco/i.test(id);
  if (architecture.endsWith("ForSequenceClassification") || catalogue?.kind === "reranker" || sounds) {
    if (!CLASSIFIERS.has(type)) return { reason: "unknown-type", type };
    const labels = labelsOf(config);
    if (labels > 2) return { reason: "many-labels", labels };
    return labels === 2 ? "two-logits" : "logit";
  }
  return ENCODERS.has(type) ? "embedder" : { reason: "unknown-type", type };
}

function architectureOf(config: Record<string, unknown>): string {
  const { architectures } = config;
  return Array.isArray(architectures) && typeof architectures[0] === "string" ? architectures[0] : "";
}

/** transformers writes two labels where nothing is said. */
function labelsOf(config: Record<string, unknown>): number {
  const { id2label } = config;
  if (typeof id2label === "object" && id2label !== null) return Object.keys(id2label).length;
  return numberIn(config, "num_labels") ?? 2;
}

function tokensOf(
  config: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  catalogue: CatalogueModel | null,
  unknown: Unknown[],
): TokenCount {
  const known = catalogue?.advisedTokens ?? catalogue?.maxTokens;
  if (known !== undefined && known !== null) return known;
  const type = textIn(config, "model_type") ?? "";
  const positions = numberIn(config, "max_position_embeddings");
  const limits = [
    positions === null ? null : ROBERTA.has(type) ? positions - 2 : positions,
    numberIn(recordIn(texts.get("tokenizer_config.json")) ?? {}, "model_max_length"),
    numberIn(recordIn(texts.get("sentence_bert_config.json")) ?? {}, "max_seq_length"),
  ].filter((limit): limit is number => limit !== null && limit >= 8 && limit <= 1_000_000);
  return limits.length > 0 ? Math.min(...limits) : said(unknown, "max-tokens", USUAL_TOKENS);
}

function languagesOf(listing: Listing, catalogue: CatalogueModel | null, unknown: Unknown[]): readonly string[] {
  if (listing.languages.length > 0) return listing.languages;
  const known = catalogue?.languages;
  return known === undefined || known === "many" ? said(unknown, "languages", []) : known;
}

function embedderFacts(
  config: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  catalogue: CatalogueModel | null,
  unknown: Unknown[],
): { dimension: number; pooling: Pooling; layerNorm: boolean; queryPrefix: string; passagePrefix: string } {
  const known = catalogue?.kind === "embedder" ? catalogue : null;
  const sentence = sentenceFacts(texts);
  const width = numberIn(config, "hidden_size") ?? numberIn(config, "n_embd") ?? numberIn(config, "dim");
  const query = known?.queryPrefix ?? sentence.queryPrefix;
  const passage = known?.passagePrefix ?? sentence.passagePrefix;
  if (query === null || passage === null) unknown.push("prefixes");
  return {
    dimension: known?.dimension ?? width ?? said(unknown, "dimension", 384),
    pooling: known?.pooling ?? sentence.pooling ?? said(unknown, "pooling", "mean"),
    layerNorm: known?.layerNorm ?? false,
    queryPrefix: query ?? "",
    passagePrefix: passage ?? "",
  };
}

function rerankerFacts(head: Head, catalogue: CatalogueModel | null): { head: Head; template: PairTemplate | null } {
  const known = catalogue?.kind === "reranker" ? catalogue.template : null;
  return { head, template: head === "yes-no" ? (known ?? QWEN3_TEMPLATE) : null };
}

function said<T>(unknown: Unknown[], what: Unknown, usual: T): T {
  unknown.push(what);
  return usual;
}

function formatsOf({ files }: Listing): string[] {
  const endings = ["safetensors", "gguf", "bin", "mlmodel", "tflite"];
  return endings.filter((ending) => files.some(({ path }) => path.endsWith(`.${ending}`)));
}
