import * as v from "valibot";
import { EngineError } from "#core/base/errors.ts";
import { DTYPES } from "#core/model.ts";
import type { ModelEntry } from "#core/models/entry.ts";

/** `models/manifest.json` of the site: what is bundled, with the checksum of every file. Made by tools/model-manifest.mjs. */
const file = v.object({ path: v.string(), bytes: v.number(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

const shared = {
  id: v.string(),
  revision: v.string(),
  files: v.array(file),
  dtype: v.picklist(DTYPES),
  maxTokens: v.number(),
  languages: v.array(v.string()),
  licence: v.string(),
};

/** An empty list would pass for golden values that were met. */
function atLeastOne<T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.minLength(1));
}

const embedder = v.object({
  ...shared,
  kind: v.literal("embedder"),
  dimension: v.number(),
  pooling: v.picklist(["mean", "cls", "last"]),
  layerNorm: v.optional(v.boolean(), false),
  queryPrefix: v.string(),
  passagePrefix: v.string(),
  golden: v.optional(
    v.object({
      tolerance: v.number(),
      vectors: atLeastOne(v.object({ text: v.string(), first8: v.array(v.number()), sum: v.number() })),
    }),
  ),
});

const reranker = v.object({
  ...shared,
  kind: v.literal("reranker"),
  head: v.optional(v.picklist(["logit", "two-logits", "yes-no"]), "logit"),
  queryTokens: v.number(),
  template: v.optional(
    v.nullable(
      v.object({ before: v.string(), between: v.string(), after: v.string(), yes: v.string(), no: v.string() }),
    ),
    null,
  ),
  golden: v.optional(
    v.object({
      tolerance: v.number(),
      pairs: atLeastOne(v.object({ query: v.string(), passage: v.string(), logit: v.number() })),
    }),
  ),
});

const generator = v.object({ ...shared, kind: v.literal("generator") });

/** One model, as `core/models/entry.ts` has it. */
export const modelEntry: v.GenericSchema<unknown, ModelEntry> = v.variant("kind", [embedder, reranker, generator]);

const manifest = v.object({ version: v.literal(1), models: v.array(modelEntry) });

/** Reads the manifest of the site at `site` (absolute URL ending in a slash). @throws MODEL_MISSING, MODEL_CORRUPT */
export async function readManifest(site: string): Promise<readonly ModelEntry[]> {
  const url = new URL("models/manifest.json", site).href;
  const response = await fetch(url).catch((cause: unknown) => {
    throw new EngineError("MODEL_MISSING", `${url} cannot be reached`, { file: "models/manifest.json" }, cause);
  });
  if (!response.ok)
    throw new EngineError("MODEL_MISSING", `${response.status} for ${url}`, { file: "models/manifest.json" });
  const parsed = v.safeParse(manifest, await response.json().catch(() => null));
  if (!parsed.success)
    throw new EngineError("MODEL_CORRUPT", v.summarize(parsed.issues), { file: "models/manifest.json" });
  return parsed.output.models;
}

/** The model of a kind: the one that is asked for, else the first, which is the bundled one. @throws MODEL_MISSING */
export function entryOf<K extends ModelEntry["kind"]>(
  models: readonly ModelEntry[],
  kind: K,
  id?: string,
): Extract<ModelEntry, { kind: K }> {
  const found = models.find((model) => model.kind === kind && (id === undefined || model.id === id));
  if (found === undefined) {
    throw new EngineError("MODEL_MISSING", `no ${kind} ${id ?? ""} in models/manifest.json`, {
      kind,
      file: id ?? kind,
    });
  }
  return found as Extract<ModelEntry, { kind: K }>;
}
