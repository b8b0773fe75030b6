import { DEFAULT_SETTINGS, POOL_LIMITS, type SearchSettings } from "#core/model.ts";
import { chosen, INDEX, RERANKER, RETRIEVAL } from "../words/stages.ts";

type Draft = { -readonly [Key in keyof SearchSettings]?: SearchSettings[Key] };

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

/** Settings in a URL hash; what is unknown, misspelt or out of range is left out. */
export function settingsFromHash(hash: string): Partial<SearchSettings> {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const settings: Draft = {};
  const retrieval = chosen(RETRIEVAL, values.get("retrieval"));
  const reranker = chosen(RERANKER, values.get("reranker"));
  const index = chosen(INDEX, values.get("index"));
  const pool = wholeNumber(values.get("pool"));
  const top = wholeNumber(values.get("top"));
  if (retrieval !== undefined) settings.retrieval = retrieval;
  if (reranker !== undefined) settings.reranker = reranker;
  if (index !== undefined) settings.index = index;
  if (pool !== undefined && pool >= POOL_LIMITS.min && pool <= POOL_LIMITS.max) settings.pool = pool;
  if (top !== undefined && top >= 1 && top <= POOL_LIMITS.max) settings.top = top;
  return settings;
}

/**
 * The settings that differ from the defaults, as a hash without "#"; empty where none does.
 * The question is never in it, nor is the choice of documents: an id is the file's checksum,
 * which would tell a reader of the link which files its sender has.
 */
export function hashFromSettings(settings: SearchSettings): string {
  const values = new URLSearchParams();
  for (const key of ["retrieval", "pool", "top", "reranker", "index"] as const) {
    if (settings[key] !== DEFAULT_SETTINGS[key]) values.set(key, String(settings[key]));
  }
  return values.toString();
}
