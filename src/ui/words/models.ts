import type { CatalogueModel, NotOffered } from "#core/models/catalogue.ts";
import { devicesFor, type DeviceChoice, type Gpu } from "#core/models/devices.ts";
import type { ModelFacts } from "#core/models/entry.ts";
import type { Refusal, Unknown } from "#core/models/reading.ts";
import type { Device, Dtype } from "#core/model.ts";
import { languageName } from "./languages.ts";
import { bytes, count } from "./numbers.ts";

/** "23.4 MB": a download is never a surprise, so one digit more than elsewhere. */
export function exactSize(value: number): string {
  const units = ["B", "kB", "MB", "GB"] as const;
  let amount = value;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${amount.toFixed(unit === 0 ? 0 : amount < 100 ? 1 : 0)} ${units[unit] ?? "B"}`;
}

/** "23 MB", or that nobody knows. */
export function megabytes(value: number | null): string {
  return value === null ? "size not known" : bytes(value * 1e6);
}

const DEVICE: Record<Device, string> = { webgpu: "GPU (WebGPU)", wasm: "processor (WASM)" };

/** Where a dtype runs on this machine: "on the GPU (WebGPU)". */
export function runsOn(dtype: Dtype, gpu: Gpu, choice: DeviceChoice): string {
  return `on the ${DEVICE[devicesFor(dtype, gpu, choice)[0] ?? "wasm"]}`;
}

export const DEVICE_CHOICES: readonly (readonly [DeviceChoice, string])[] = [
  ["auto", "Best device for each"],
  ["webgpu", "GPU (WebGPU)"],
  ["wasm", "Processor (WASM)"],
];

/** What the choice of a device means on this machine. */
export function deviceSentence(gpu: Gpu, choice: DeviceChoice): string {
  if (choice === "wasm") return "All models run on the processor.";
  if (gpu.adapter === "none") return "This browser offers no GPU, so all models run on the processor.";
  if (gpu.adapter === "software") {
    return choice === "webgpu"
      ? "The GPU here is played by the processor: right, but slow."
      : "The GPU here is played by the processor, so models run on the processor itself.";
  }
  const halves = gpu.f16
    ? "fp16, fp32 and q4 run on the GPU"
    : "fp32 and q4 run on the GPU, which has no 16-bit numbers";
  return `${halves}; q8 runs on the processor. Before a model is trusted on the GPU, its numbers are checked.`;
}

/** "Apache-2.0", "CC-BY-NC-4.0, not for commercial use", "licence not known". */
export function licenceText(name: string | null, nonCommercial = isNonCommercial(name)): string {
  if (name === null || name === "") return "licence not known";
  return nonCommercial ? `${name}, not for commercial use` : name;
}

function isNonCommercial(name: string | null): boolean {
  return name !== null && /(^|[-_ ])nc([-_ .]|$)|non-?commercial/i.test(name);
}

/** "English", "English and Chinese", "100 and more languages", "languages not known". */
export function languagesText(languages: CatalogueModel["languages"]): string {
  if (languages === "many") return "100 and more languages";
  if (languages.length === 0) return "languages not known";
  if (languages.length > 3) return `${count(languages.length)} languages`;
  const names = languages.map((code) => languageName(code));
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;
}

const NOT_OFFERED: Record<NotOffered, string> = {
  "no-onnx": "it is not to be had as ONNX",
  "late-interaction": "it compares token by token, which this page does not do",
  "token-table": "it has no neural network to run: a table of tokens only",
  "layers-behind-pooling": "it has layers behind the pooling, which this page does not run",
};

/** Why a model cannot run here. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal.reason) {
    case "not-offered":
      return `This model cannot run here: ${NOT_OFFERED[refusal.why]}.`;
    case "no-onnx":
      return refusal.formats.length > 0
        ? `There are no ONNX weights, only ${refusal.formats.join(", ")}. Look for a repository with “ONNX” in its name.`
        : "There are no ONNX weights in it (onnx/model.onnx, model_quantized.onnx …).";
    case "files-missing":
      return `Files are missing: ${refusal.files.join(", ")}.`;
    case "no-config":
      return "Its config.json cannot be read.";
    case "foreign-steps":
      return `It takes steps that this page does not (${refusal.steps.join(", ")}): its numbers would come out wrong.`;
    case "unknown-type":
      return `Models of the type “${refusal.type}” cannot run here.`;
    case "generates-text":
      return `It writes text in a way that this page does not run (type “${refusal.type}”).`;
    case "no-chat-template":
      return "It goes on with a text but follows no instructions: there is no chat template.";
    case "many-labels":
      return `It sorts texts into ${refusal.labels} classes; a re-ranker has one number, or two.`;
  }
}

const UNKNOWN: Record<Unknown, string> = {
  kind: "What it is for is not said: this is taken from its name.",
  pooling: "Pooling is not said anywhere: the mean of all tokens is taken.",
  dimension: "The size of its vectors is not said: 384 is taken.",
  prefixes: "Whether it wants a text before questions and passages is not said: none is taken.",
  "max-tokens": "How much it reads at once is not said: 512 tokens are taken.",
  licence: "Its licence is not said: look at its page before you use it for work.",
  languages: "Its languages are not said.",
};

export function unknownSentence(unknown: Unknown): string {
  return UNKNOWN[unknown];
}

/** "Re-ranker, one logit · reads 512 tokens", "Embedding model, 384 dimensions, mean pooling · reads 256 tokens". */
export function factsLine(facts: ModelFacts): string {
  const reads = `reads ${count(facts.maxTokens)} tokens`;
  if (facts.kind === "embedder") {
    return `Embedding model, ${count(facts.dimension)} dimensions, pooling ${facts.pooling} · ${reads}`;
  }
  if (facts.kind === "generator") {
    return `Language model · prompt and reply together ${count(facts.maxTokens)} tokens`;
  }
  const head = { logit: "one logit", "two-logits": "two logits", "yes-no": "answers yes or no" }[facts.head];
  return `Re-ranker, ${head} · ${reads}`;
}
