import { hostOf } from "#core/llm/endpoint.ts";
import type { LanguageModelPlace } from "#core/llm/port.ts";
import type { LanguagePlace, LanguageState } from "#state/language-view.ts";

export const PLACE_NAME: Record<LanguagePlace, string> = {
  off: "Off",
  endpoint: "Behind an endpoint",
  tab: "In this tab",
  browser: "The browser’s own",
};

const BUILT_IN: Record<LanguageState["builtIn"], string> = {
  unknown: "Looking whether this browser has one.",
  absent: "This browser has none (Chrome’s Prompt API).",
  downloadable: "Chrome’s own model; the browser loads some gigabytes before its first answer.",
  ready: "Chrome’s own model, on this machine.",
};

export function placeNote(place: LanguagePlace, builtIn: LanguageState["builtIn"]): string {
  switch (place) {
    case "off":
      return "Nothing leaves this tab.";
    case "endpoint":
      return "A server that you name, on this computer or elsewhere: Ollama, LM Studio, llama.cpp, vLLM, OpenAI, OpenRouter.";
    case "tab":
      return "A small model on WebGPU or WASM. Nothing leaves this tab.";
    case "browser":
      return BUILT_IN[builtIn];
  }
}

/** Where the text would go; null: nowhere yet. */
export function placeOf({ place, chat }: Pick<LanguageState, "place" | "chat">): LanguageModelPlace | null {
  if (place === "endpoint") return { kind: "endpoint", host: hostOf(chat.base) };
  return place === "off" ? null : { kind: place };
}
