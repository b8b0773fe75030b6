import type { TokenCount } from "../../model.ts";
import { rankingTokens } from "./prompts.ts";
import { isListwise, isPointwise, type LlmMethod, type LlmSettings } from "./settings.ts";
import { slidingWindows } from "./sliding.ts";

/** What a re-ranking will cost, before anybody is asked. */
export interface LlmCost {
  readonly calls: number;
  /** The number of calls depends on the replies: it is the most. */
  readonly isMost: boolean;
  /** Passages shown in all calls together, repeats counted. */
  readonly reads: number;
  readonly tokensIn: TokenCount;
  readonly tokensOut: TokenCount;
}

export interface PoolFacts {
  readonly passages: number;
  /** Of a passage, as long as it is; the settings cut it. */
  readonly passageTokens: TokenCount;
  readonly queryTokens: TokenCount;
}

/** What frames a passage and a call, counted on our prompts with cl100k. */
const PER_PASSAGE = 6;
const PER_TURN = 10;
const PER_CALL = 110;
const TOKENS_PER_WORD = 1.35;

export function llmCost(method: LlmMethod, settings: LlmSettings, pool: PoolFacts): LlmCost {
  const n = pool.passages;
  const { calls, reads, out } = shape(method, settings, n);
  const passage = Math.min(pool.passageTokens, Math.ceil(settings.words * TOKENS_PER_WORD));
  const turns = isListwise(method) && settings.turns === "multi" ? PER_TURN : 0;
  return {
    calls,
    isMost: !isListwise(method) && !isPointwise(method),
    reads,
    tokensIn: reads * (passage + PER_PASSAGE + turns) + calls * (2 * pool.queryTokens + PER_CALL),
    tokensOut: out + calls * settings.thinking,
  };
}

/** The numbers of calls, of passages read in them and of tokens that come back. */
function shape(method: LlmMethod, settings: LlmSettings, n: number): { calls: number; reads: number; out: number } {
  const { passes, shuffles, children, depth } = settings;
  if (n === 0) return { calls: 0, reads: 0, out: 0 };
  if (isPointwise(method)) return { calls: n, reads: n, out: 2 * n };
  if (isListwise(method)) {
    const windows = slidingWindows(n, windowsOf(method, settings, n));
    const times = (method === "one-call" ? 1 : passes) * shuffles;
    const sum = (of: (length: number) => number): number =>
      windows.reduce((total, { begin, end }) => total + of(end - begin), 0);
    const out = method === "first" ? 3 * windows.length : sum(rankingTokens);
    return { calls: windows.length * times, reads: sum((length) => length) * times, out: out * times };
  }
  if (method === "setwise") {
    const calls = mostSifts(n, children, depth);
    return { calls, reads: calls * (children + 1), out: 2 * calls };
  }
  const k = Math.min(depth, n - 1);
  const pairs = method === "pairwise-heap" ? 2 * mostSifts(n, 2, depth) : k * (n - 1) - (k * (k - 1)) / 2;
  const calls = 2 * Math.min(pairs, (n * (n - 1)) / 2);
  return { calls, reads: 2 * calls, out: 4 * calls };
}

/** One window around everything for one call. */
export function windowsOf(
  method: LlmMethod,
  settings: LlmSettings,
  n: number,
): Pick<LlmSettings, "window" | "step" | "lastWindow" | "passes"> {
  if (method !== "one-call") return settings;
  return { window: Math.max(2, n), step: 1, lastWindow: "short", passes: 1 };
}

/** Most calls of `heapTop`: every node sinks as deep as it can. */
export function mostSifts(n: number, children: number, depth: number): number {
  const levels = (start: number, length: number): number => {
    let steps = 0;
    for (let node = start; children * node + 1 < length; node = children * node + 1) steps += 1;
    return steps;
  };
  let calls = 0;
  for (let i = Math.floor((n - 2) / children); i >= 0; i -= 1) calls += levels(i, n);
  for (let taken = 1; taken < Math.min(depth, n); taken += 1) calls += levels(0, n - taken);
  return calls;
}
