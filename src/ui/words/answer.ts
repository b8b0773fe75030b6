import { OFF, type Chunk, type DocumentRecord, type ModelStamp } from "#core/model.ts";
import type { LanguageModelPlace } from "#core/llm/port.ts";
import type { AnswerSide, AnswerUpdate } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { shortName, stampText } from "./model-names.ts";
import { count, duration, plural, score } from "./numbers.ts";
import { pagesOf } from "./pages.ts";

/** "From the top 5 after re-ranking". */
export function answerHeading(side: AnswerSide, n: number, result: Pick<SearchResult, "settings">): string {
  if (result.settings.reranker === OFF) return `From the top ${count(n)}`;
  return `From the top ${count(n)} ${side} re-ranking`;
}

/** "Passage 1: manual.pdf, page 14". */
export function citationName(n: number, chunk: Chunk | undefined, document: DocumentRecord | undefined): string {
  if (chunk === undefined || document === undefined) return `Passage ${n}, which is gone`;
  const pages = pagesOf(chunk, document)
    .replace(/^pp\. /, "pages ")
    .replace(/^p\. /, "page ");
  return `Passage ${n}: ${document.name}, ${pages}`;
}

export const EXTRACTIVE = "Sentences of the passages, chosen by the re-ranker; no language model wrote this.";
export const STRUCK_TITLE = "No such passage was given";

export function struckNote(struck: number): string | null {
  if (struck === 0) return null;
  return `${plural(struck, "citation")} ${struck === 1 ? "points" : "point"} at no passage.`;
}

/** "No passage answers this: the best scores +1.20, below +3.00." */
export function refusal({ floor }: Pick<AnswerUpdate, "floor">): string {
  const { best, floor: least } = floor;
  if (best === null || least === null) return "There is no passage to answer from.";
  return `No passage answers this well enough: the best scores ${score("cross-encoder", best)}, and an answer needs ${score("cross-encoder", least)}. No model was asked.`;
}

function where(place: LanguageModelPlace): string {
  switch (place.kind) {
    case "tab":
      return "in this tab";
    case "browser":
      return "in this browser";
    case "endpoint":
      return `at ${place.host}`;
  }
}

function by(stamp: ModelStamp, place: LanguageModelPlace | null): string {
  return place === null || place.kind === "tab"
    ? `${stampText(stamp)}, in this tab`
    : `${shortName(stamp.id)} ${where(place)}`;
}

/** Which model, where it ran and what it was shown: "qwen3 at localhost:11434 · 5 passages went to localhost:11434 · 4.2 s". */
export function answerFacts({ stamp, place, passages, dropped, phase, milliseconds }: AnswerUpdate): string {
  const parts: string[] = [];
  if (stamp !== null) parts.push(by(stamp, place));
  if (place?.kind === "endpoint") {
    parts.push(`${plural(passages.length, "passage")} went to ${place.host}`);
  } else if (stamp !== null && passages.length > 0) {
    parts.push(`${plural(passages.length, "passage")}, none left this device`);
  }
  const cut = passages.filter((it) => it.cut).length;
  if (cut > 0) parts.push(`${count(cut)} shortened to fit`);
  if (dropped > 0) parts.push(`${count(dropped)} left out for want of room`);
  if (phase === "done" || phase === "stopped") parts.push(duration(milliseconds));
  return parts.join(" · ");
}

/** "about 1,204 tokens; the model counted 1,198 and answered with 86"; null where nothing was asked. */
export function tokensLine({ tokens }: Pick<AnswerUpdate, "tokens">): string | null {
  if (tokens.estimatedIn === null) return null;
  const counted = tokens.in === null ? "" : `; the model counted ${count(tokens.in)}`;
  const out = tokens.out === null ? "" : `${counted === "" ? ";" : ""} and answered with ${count(tokens.out)}`;
  return `About ${plural(tokens.estimatedIn, "token")}${counted}${out.replace(/^; and/, "; the model")}.`;
}

/** For the live region: once an answer ends, never word by word. */
export function answerSummary(heading: string, update: AnswerUpdate): string {
  if (update.kind === "refused") return `${heading}: no answer.`;
  const cited = new Set(update.segments.flatMap((it) => (it.kind === "citation" ? [it.n] : []))).size;
  switch (update.phase) {
    case "loading":
    case "answering":
      return `${heading}: answering.`;
    case "failed":
      return `${heading}: it failed.`;
    case "stopped":
      return `${heading}: stopped.`;
    case "done":
      return `${heading}: answered, ${plural(cited, "passage")} cited.`;
  }
}
