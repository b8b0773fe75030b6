import type { LanguageModel } from "#core/llm/port.ts";
import type { ModelEntry } from "#core/models/entry.ts";
import { devicesFor, type DeviceChoice, type Gpu } from "#core/models/devices.ts";
import { BUNDLED, type Device, type VectorStamp } from "#core/model.ts";
import { EmbedderOnDevices } from "#engine/devices/embedder-on-devices.ts";
import { LanguageModelOnDevices } from "#engine/devices/language-model-on-devices.ts";
import { RerankerOnDevices } from "#engine/devices/reranker-on-devices.ts";
import type { Reranker } from "#core/ports.ts";
import { embedClient } from "#workers/embed/embed.client.ts";
import { llmClient } from "#workers/llm/llm.client.ts";
import { rerankClient } from "#workers/rerank/rerank.client.ts";
import { readPreference, writePreference } from "./preferences.ts";

const CHECKED = "checked-models";

interface RegistryParts {
  readonly site: string;
  readonly siteModels: () => Promise<readonly ModelEntry[]>;
  readonly gpu: Gpu;
  readonly device: () => DeviceChoice;
}

/**
 * The models that can be called, by the id that stands in settings. Each has a worker of its own, started with the first
 * call. `bundled` is there from the beginning; the others come once the page knows of them.
 */
export function modelRegistry({ site, siteModels, gpu, device }: RegistryParts) {
  const checked = checkedModels(gpu);
  const embedders = new Map<string, EmbedderOnDevices>();
  // With those that no worker of ours runs: a language model's methods, a rerank API.
  const rerankers = new Map<string, Reranker & { reset?(): void }>();
  const languageModels = new Map<string, LanguageModelOnDevices>();
  const offered = new Map<string, ModelEntry>();
  const all = [embedders, rerankers, languageModels] as const;
  const bundled = (kind: ModelEntry["kind"]) => async (): Promise<readonly Device[]> => {
    // Why there is no manifest is said where the model is loaded.
    const models = await siteModels().catch(() => []);
    const entry = models.find((model) => model.kind === kind);
    return devicesFor(entry?.dtype ?? "q8", gpu, device());
  };
  embedders.set(
    BUNDLED,
    new EmbedderOnDevices({ make: (on) => embedClient({ site, device: on }), plan: bundled("embedder"), checked }),
  );
  rerankers.set(
    BUNDLED,
    new RerankerOnDevices({ make: (on) => rerankClient({ site, device: on }), plan: bundled("reranker"), checked }),
  );

  return {
    embedders,
    rerankers,
    languageModels: languageModels as ReadonlyMap<string, LanguageModel>,
    /** The embedding model that made such vectors. */
    async find(stamp: VectorStamp): Promise<{ id: string; embedder: EmbedderOnDevices } | null> {
      for (const [id, entry] of offered) {
        if (entry.id !== stamp.model || entry.revision !== stamp.revision || entry.dtype !== stamp.dtype) continue;
        const embedder = embedders.get(id);
        if (embedder !== undefined) return { id, embedder };
      }
      return null;
    },
    /** @param isKept by this browser, under the same id; else one of the site */
    offer(id: string, entry: ModelEntry, isKept: boolean): void {
      offered.set(id, entry);
      if (all.some((models) => models.has(id))) return;
      const options = isKept ? { site, kept: id } : { site, model: entry.id };
      const plan = async (): Promise<readonly Device[]> => devicesFor(entry.dtype, gpu, device());
      if (entry.kind === "embedder") {
        const make = (on: Device) => embedClient({ ...options, device: on });
        embedders.set(id, new EmbedderOnDevices({ make, plan, checked }));
      } else if (entry.kind === "reranker") {
        const make = (on: Device) => rerankClient({ ...options, device: on });
        rerankers.set(id, new RerankerOnDevices({ make, plan, checked }));
      } else {
        const make = (on: Device) => llmClient({ ...options, device: on });
        languageModels.set(id, new LanguageModelOnDevices({ make, plan, checked }));
      }
    },
    withdraw(id: string): void {
      offered.delete(id);
      for (const models of all) {
        models.get(id)?.release();
        models.delete(id);
      }
    },
    /** Another device was chosen. */
    reset(): void {
      for (const model of all.flatMap((models) => [...models.values()])) if (model.reset !== undefined) model.reset();
    },
  };
}

/** What was found right on this GPU with this driver and browser: a new one is asked again. */
function checkedModels({ description }: Gpu): { has(model: string): boolean; add(model: string): void } {
  const saved = readPreference(CHECKED);
  const known = new Set(Array.isArray(saved) ? saved.filter((it): it is string => typeof it === "string") : []);
  const key = (model: string): string => `${model} on ${description}`;
  return {
    has: (model) => known.has(key(model)),
    add(model) {
      known.add(key(model));
      writePreference(CHECKED, [...known]);
    },
  };
}
