import type { ErrorData } from "#core/base/errors.ts";
import type { Segment } from "#core/answer/citations.ts";
import type { FloorCheck } from "#core/answer/floor.ts";
import type { GivenPassage } from "#core/answer/prompt.ts";
import type { ChatMessage, LanguageModelPlace } from "#core/llm/port.ts";
import type { ChunkId, Milliseconds, ModelStamp, Progress, TokenCount } from "#core/model.ts";

export type AnswerSide = "before" | "after";

export interface AnswerRequest {
  readonly query: string;
  readonly side: AnswerSide;
  /** The list, best first; `score` is the re-ranker's logit on either side, null where it gave none. */
  readonly rows: readonly { readonly chunkId: ChunkId; readonly score: number | null }[];
  /** How many of them are shown. */
  readonly n: number;
  /** What the best of them has to reach; null: nothing (rule A7). */
  readonly floor: number | null;
}

/** One state of an answer on its way; each update replaces the one before. */
export interface AnswerUpdate {
  readonly side: AnswerSide;
  readonly kind: "generated" | "extractive" | "refused";
  readonly phase: "loading" | "answering" | "done" | "stopped" | "failed";
  readonly segments: readonly Segment[];
  /** Citations that point at no passage. */
  readonly struck: number;
  readonly passages: readonly GivenPassage[];
  /** Passages that the prompt had no room for. */
  readonly dropped: number;
  /** What the model was asked; empty where none was. */
  readonly messages: readonly ChatMessage[];
  readonly tokens: {
    readonly estimatedIn: TokenCount | null;
    readonly in: TokenCount | null;
    readonly out: TokenCount | null;
  };
  /** The reply was cut at its longest. */
  readonly isCut: boolean;
  readonly floor: FloorCheck;
  /** Which model answered, or chose the sentences; null where none did. */
  readonly stamp: ModelStamp | null;
  /** Where the language model ran; null where none was asked. */
  readonly place: LanguageModelPlace | null;
  /** Bytes of a model that loads, or sentences that are scored. */
  readonly progress: Progress | null;
  readonly milliseconds: Milliseconds;
  readonly error: ErrorData | null;
}

export type OnAnswer = (update: AnswerUpdate) => void;
