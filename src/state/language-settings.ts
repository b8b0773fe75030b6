import * as v from "valibot";
import { baseFrom, ENDPOINT_PRESETS, PATIENCE, RERANK_PRESETS } from "#core/llm/endpoint.ts";
import { LLM_DEFAULTS, llmSettingsFrom } from "#core/rerank/llm/settings.ts";
import { LANGUAGE_PLACES, type LanguageSettings } from "./language-view.ts";

const [ollama] = ENDPOINT_PRESETS;
const [cohere] = RERANK_PRESETS;

const LANGUAGE_OFF: LanguageSettings = {
  place: "off",
  chat: { server: ollama.id, base: ollama.base, model: "", key: "", patience: PATIENCE.usual, context: ollama.context },
  tab: null,
  usesRerank: false,
  rerank: { server: cohere.id, base: cohere.base, path: cohere.path, model: "", key: "", patience: PATIENCE.usual },
  ranking: LLM_DEFAULTS,
  price: null,
  remembersChatKey: false,
  remembersRerankKey: false,
};

const base = v.pipe(
  v.string(),
  v.check((text) => text === "" || baseFrom(text) === text),
);
const patience = v.pipe(v.number(), v.minValue(PATIENCE.min), v.maxValue(PATIENCE.max));
const endpoint = { server: v.string(), base, model: v.string(), patience };
const stored = v.object({
  place: v.picklist(LANGUAGE_PLACES),
  chat: v.object({ ...endpoint, context: v.nullable(v.pipe(v.number(), v.minValue(256))) }),
  tab: v.nullable(v.string()),
  usesRerank: v.boolean(),
  rerank: v.object({ ...endpoint, path: v.pipe(v.string(), v.regex(/^\/[\w./-]*$/)) }),
  ranking: v.unknown(),
  price: v.nullable(v.object({ in: v.pipe(v.number(), v.minValue(0)), out: v.pipe(v.number(), v.minValue(0)) })),
  remembersChatKey: v.boolean(),
  remembersRerankKey: v.boolean(),
});
const keys = v.object({ chat: v.optional(v.string(), ""), rerank: v.optional(v.string(), "") });

/** What this browser keeps, checked; everything off where it is not what it should be. */
export function languageSettingsFrom(saved: unknown, savedKeys: unknown): LanguageSettings {
  const parsed = v.safeParse(stored, saved);
  if (!parsed.success) return LANGUAGE_OFF;
  const known = v.safeParse(keys, savedKeys);
  const { chat, rerank } = known.success ? known.output : { chat: "", rerank: "" };
  const { output } = parsed;
  return {
    ...output,
    ranking: llmSettingsFrom(output.ranking),
    chat: { ...output.chat, key: output.remembersChatKey ? chat : "" },
    rerank: { ...output.rerank, key: output.remembersRerankKey ? rerank : "" },
  };
}

/** The same without keys. */
export function withoutKeys(settings: LanguageSettings): LanguageSettings {
  return { ...settings, chat: { ...settings.chat, key: "" }, rerank: { ...settings.rerank, key: "" } };
}

/** The keys that the person wants remembered; null where there are none. */
export function rememberedKeys(
  settings: LanguageSettings,
): { readonly chat?: string; readonly rerank?: string } | null {
  const { chat, rerank, remembersChatKey, remembersRerankKey } = settings;
  const kept = {
    ...(remembersChatKey && chat.key !== "" ? { chat: chat.key } : {}),
    ...(remembersRerankKey && rerank.key !== "" ? { rerank: rerank.key } : {}),
  };
  return Object.keys(kept).length === 0 ? null : kept;
}
