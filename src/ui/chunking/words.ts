import { MODEL_READS } from "#core/chunk/settings.ts";
import type { ChunkPreview } from "#core/chunk/preview.ts";
import type { ChunkSettings, ChunkStrategy } from "#core/model.ts";
import { count, plural } from "../words/numbers.ts";
import type { Choices } from "../words/stages.ts";

export const STRATEGIES: Choices<ChunkStrategy> = [
  ["structure", "Structure"],
  ["sentence-splitter", "As LlamaIndex (SentenceSplitter)"],
  ["recursive", "As LangChain (recursive characters)"],
  ["page", "One chunk a page"],
];

const ABOUT: Readonly<Record<ChunkStrategy, string>> = {
  structure:
    "Keeps to sections, paragraphs and sentences. Size is what a chunk aims at; it may hold half more rather than leave a rest. The models also read the headings it stands under.",
  "sentence-splitter": "Packs sentences page by page, as the original does with its default 1,024 and 200.",
  recursive: "Cuts page by page at blank lines, lines, words, as the original does with its default 1,000 and 200.",
  page: `Each page whole; in parts where it is longer than the model reads (about ${count(MODEL_READS)} tokens).`,
};

export function aboutStrategy(strategy: ChunkStrategy): string {
  return ABOUT[strategy];
}

/** What Size and Overlap count. */
export function unitOf(strategy: ChunkStrategy): string {
  return strategy === "recursive" ? "characters" : "tokens";
}

/** "1,212 chunks. Tokens: 31 to 380, half of them under 241." */
export function sizesSentence({ chunks, smallest, median, largest }: ChunkPreview): string {
  if (chunks === 0) return "No chunk: this document has no text.";
  if (smallest === largest) return `${plural(chunks, "chunk")} of ${plural(largest, "token")}.`;
  return `${plural(chunks, "chunk")} of ${count(smallest)} to ${count(largest)} tokens, the median ${count(median)}.`;
}

/** Null where the model reads every chunk to its end. */
export function tooLongSentence({ tooLong, chunks, limit }: ChunkPreview): string | null {
  if (tooLong === 0) return null;
  const which =
    tooLong === chunks
      ? chunks === 1
        ? "The chunk is"
        : "All chunks are"
      : `${plural(tooLong, "chunk")} ${tooLong === 1 ? "is" : "are"}`;
  const whose = tooLong === 1 ? "its" : "their";
  return `${which} longer than the model reads (${count(limit)} tokens): the rest of ${whose} text is found by keyword only.`;
}

export function applyLabel(documents: number): string {
  return documents === 0 ? "Use for new documents" : `Apply: re-chunks ${plural(documents, "document")}`;
}

export function sameSettings(a: ChunkSettings, b: ChunkSettings): boolean {
  return a.strategy === b.strategy && a.size === b.size && a.overlap === b.overlap;
}
