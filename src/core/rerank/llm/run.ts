import type { ErrorData } from "../../base/errors.ts";
import type { ChatMessage, LanguageModelPlace } from "../../llm/port.ts";
import type { ChunkId, Milliseconds, ModelStamp, TokenCount } from "../../model.ts";
import type { ParsedReply, ReplyKind } from "./reply.ts";
import type { LlmMethod, LlmSettings } from "./settings.ts";

/** What was read from a reply: an order, a winner, or a score. */
export type LlmReading =
  | { readonly kind: "order"; readonly reply: ParsedReply }
  /** Place of the winner among the passages shown; null: the reply names none. */
  | { readonly kind: "best"; readonly place: number | null }
  /** `byChance`: from probabilities of tokens, not from the words. */
  | { readonly kind: "score"; readonly score: number | null; readonly byChance: boolean };

/** One question to the language model, as it was asked and answered. Plain data: it is exported as it is. */
export interface LlmCall {
  /** From 1, in the order of asking. */
  readonly number: number;
  /** What the call is for, in places of the list: a window, from 0, end exclusive; null where it has none. */
  readonly span: { readonly begin: number; readonly end: number } | null;
  readonly pass: number;
  /** Which order of the pool, from 0; other than 0 for self-consistency. */
  readonly shuffle: number;
  /** In the order shown. */
  readonly chunkIds: readonly ChunkId[];
  readonly messages: readonly ChatMessage[];
  /** Most words of a passage that were shown. */
  readonly words: number;
  readonly reply: string;
  readonly reading: LlmReading | null;
  /** Counted by whoever answered; null where nobody did. */
  readonly tokensIn: TokenCount | null;
  readonly tokensOut: TokenCount | null;
  readonly estimatedIn: TokenCount;
  readonly milliseconds: Milliseconds;
  readonly error: ErrorData | null;
}

/** A re-ranking of one pool: what can be stepped through, and exported. Holds no key and no address but the host. */
export interface LlmRun {
  readonly query: string;
  readonly method: LlmMethod;
  readonly settings: LlmSettings;
  /** Where windows had to be smaller to fit the model's context; else as in the settings. */
  readonly window: number;
  readonly model: ModelStamp;
  readonly place: LanguageModelPlace;
  /** The pool in the order before. */
  readonly pool: readonly ChunkId[];
  readonly calls: readonly LlmCall[];
  readonly order: readonly ChunkId[];
}

/** What a run comes to, while it goes on and after it. */
export interface LlmSummary {
  readonly method: LlmMethod;
  readonly place: LanguageModelPlace;
  /** `of` is the most there can be. */
  readonly calls: { readonly done: number; readonly of: number; readonly failed: number };
  /** Listwise replies by kind. */
  readonly replies: Readonly<Record<ReplyKind, number>>;
  /** Replies that nothing could be read from: the order stayed. */
  readonly unread: number;
  /** Listwise replies that repeat the order that was shown. */
  readonly identity: number;
  /** Different passages that were shown. */
  readonly passages: number;
  /** Counted where the model counts, else estimated. */
  readonly tokensIn: TokenCount;
  readonly tokensOut: TokenCount;
  readonly estimated: boolean;
  readonly milliseconds: Milliseconds;
  /** Smaller than asked for, to fit the context; null: as asked for. */
  readonly smallerWindow: number | null;
}

/** The same of a re-ranker behind a rerank API, with what of its answers had to be mended. */
export interface ApiSummary {
  readonly place: LanguageModelPlace;
  readonly calls: { readonly done: number; readonly of: number; readonly failed: number };
  /** Passages that were sent. */
  readonly passages: number;
  /** Estimated. */
  readonly tokensIn: TokenCount;
  readonly milliseconds: Milliseconds;
  /** Passages without a score: they keep their order behind those that have one (rule R3). */
  readonly missing: number;
  readonly duplicates: number;
  readonly outOfRange: number;
}

/** @param of most calls of the whole run */
export function summaryOf(run: LlmRun, of: number): LlmSummary {
  const replies: Record<ReplyKind, number> = { ok: 0, "wrong-format": 0, missing: 0, repetition: 0 };
  let [cancelled, failed, unread, identity, tokensIn, tokensOut, milliseconds] = [0, 0, 0, 0, 0, 0, 0];
  let estimated = false;
  const seen = new Set<ChunkId>();
  for (const call of run.calls) {
    for (const id of call.chunkIds) seen.add(id);
    milliseconds += call.milliseconds;
    tokensIn += call.tokensIn ?? call.estimatedIn;
    tokensOut += call.tokensOut ?? 0;
    estimated ||= call.error === null && (call.tokensIn === null || call.tokensOut === null);
    // Stopped by the person: no fault of anybody's.
    if (call.error?.code === "CANCELLED") cancelled += 1;
    else if (call.error !== null) failed += 1;
    else if (call.reading?.kind === "order") {
      replies[call.reading.reply.kind] += 1;
      if (call.reading.reply.fallback) unread += 1;
      else if (call.reading.reply.identity) identity += 1;
    } else if (call.reading?.kind === "best" ? call.reading.place === null : call.reading?.score === null) unread += 1;
  }
  return {
    method: run.method,
    place: run.place,
    calls: { done: run.calls.length - cancelled, of: Math.max(of, run.calls.length), failed },
    replies,
    unread,
    identity,
    passages: seen.size,
    tokensIn,
    tokensOut,
    estimated,
    milliseconds,
    smallerWindow: run.window < run.settings.window ? run.window : null,
  };
}

/** Raised with every change of a prompt: an order that another wording gave is another order. */
const PROMPTS = 1;

/** Everything of the settings that an order by this method depends on, in words short enough for a stamp. */
export function methodKey(method: LlmMethod, s: LlmSettings): string {
  const parts: Record<LlmMethod, string> = {
    sliding: `${s.window}/${s.step}×${s.passes} ${s.lastWindow} ${s.turns} ${s.parser} shuffles ${s.shuffles}`,
    "one-call": `${s.turns} ${s.parser} shuffles ${s.shuffles}`,
    first: `${s.window}/${s.step}×${s.passes} ${s.lastWindow} shuffles ${s.shuffles}`,
    setwise: `${s.children} children top ${s.depth}`,
    "pairwise-sliding": `top ${s.depth}`,
    "pairwise-heap": `top ${s.depth}`,
    "yes-no": "",
    relevance: "",
  };
  return `${method} ${parts[method]} ${s.words} words thinking ${s.thinking} prompts ${PROMPTS}`.replaceAll(/ +/g, " ");
}
