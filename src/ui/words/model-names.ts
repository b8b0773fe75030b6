import { BUNDLED, OFF, type ModelStamp } from "#core/model.ts";
import type { ModelEntry } from "#core/models/entry.ts";
import type { ModelChoice } from "#state/models-view.ts";
import type { Choices } from "./stages.ts";

/** `Xenova/bge-reranker-base` → `bge-reranker-base`, `second-look-rerank-match-v0` → `rerank-match-v0`. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1).replace(/^second-look-/, "");
}

/** Who made a number (rule R4): "bge-reranker-base q8 on WebGPU". */
export function stampText({ id, dtype, device }: ModelStamp): string {
  if (device === "elsewhere") return shortName(id);
  return `${shortName(id)} ${dtype} on ${device === "wasm" ? "WASM" : "WebGPU"}`;
}

/** As a choice in a list: "Bundled", or the name with what its numbers are stored in, "bge-reranker-base q8". */
function choiceName({ id, entry }: Pick<ModelChoice, "id" | "entry">): string {
  return id === BUNDLED ? "Bundled" : `${shortName(entry.id)} ${entry.dtype}`;
}

/** The models of a kind to choose from; one that is chosen and not here is listed too, and said to be so. */
export function modelChoices(
  choices: readonly ModelChoice[],
  kind: ModelEntry["kind"],
  chosen: string,
): Choices<string> {
  const known: [string, string][] = choices
    .filter(({ entry }) => entry.kind === kind)
    .map((choice) => [choice.id, choiceName(choice)]);
  // The manifest is on its way.
  if (!known.some(([id]) => id === BUNDLED)) known.unshift([BUNDLED, "Bundled"]);
  const isKnown = chosen === OFF || known.some(([id]) => id === chosen);
  return isKnown ? known : [...known, [chosen, `${shortName(chosen)} (not here)`]];
}
