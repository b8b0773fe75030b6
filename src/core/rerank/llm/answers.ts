import type { GeneratedToken } from "../../llm/port.ts";
import { plainDigits } from "./digits.ts";

/** The reply behind a model's thinking; null where that never ended. */
function behindThinking(reply: string): string | null {
  const end = reply.lastIndexOf("</think>");
  if (reply.lastIndexOf("<think>") > end) return null;
  return end === -1 ? reply : reply.slice(end + "</think>".length);
}

/** Whether passage A won; null where the reply names neither, or both. */
export function pairAnswer(reply: string): boolean | null {
  const text = behindThinking(reply) ?? "";
  const named = new Set([...text.matchAll(/\bpassage\s*\[?([AB])\]?\b/gi)].map(([, letter]) => letter!.toUpperCase()));
  if (named.size === 0) {
    const alone = /^\W*([AB])\W*$/i.exec(text)?.[1];
    return alone === undefined ? null : alone.toUpperCase() === "A";
  }
  return named.size === 1 ? named.has("A") : null;
}

/** Place of the best passage, from 0; null where the reply names none of n. */
export function setAnswer(reply: string, n: number): number | null {
  const text = behindThinking(reply) ?? "";
  const letter =
    /\bpassage\s*\[?([A-Z])\]?\b/i.exec(text)?.[1] ?? /(?:^|[\s[("*])([A-Z])(?=$|[\s\])".,:*])/.exec(text)?.[1];
  const place = letter === undefined ? -1 : letter.toUpperCase().charCodeAt(0) - 65;
  return place >= 0 && place < n ? place : null;
}

/**
 * ln P(yes) − ln P(no) at the first token that says either, each summed over its spellings. The published score is the
 * share P(yes) / (P(yes) + P(no)), which orders the same until it saturates: of a sure model's passages most are 1 in
 * float32. A word that is not among the likely ones counts as the least likely of them.
 *
 * Source: rank_llm `score_from_top_logprobs`, before its division.
 *
 * @returns null where no token says either
 */
export function yesLogit(tokens: readonly GeneratedToken[]): number | null {
  for (const { token, logprob, top } of tokens) {
    const chances = top.length > 0 ? top : [{ token, logprob }];
    let [yes, no] = [0, 0];
    for (const chance of chances) {
      const word = chance.token.trim().toLowerCase();
      if (word === "yes") yes += Math.exp(chance.logprob);
      else if (word === "no") no += Math.exp(chance.logprob);
    }
    if (yes + no === 0) continue;
    const least = Math.min(...chances.map((chance) => chance.logprob));
    const log = (chance: number): number => (chance > 0 ? Math.log(chance) : least);
    return log(yes) - log(no);
  }
  return null;
}

/** Without chances: 1 for yes, −1 for no, null where the reply is neither. */
export function yesAnswer(reply: string): number | null {
  const word = /^\W*(yes|no)\b/i.exec(behindThinking(reply) ?? "")?.[1]?.toLowerCase();
  return word === undefined ? null : word === "yes" ? 1 : -1;
}

/** A number from 0 to 10, the first of the reply; null where there is none. */
export function relevanceAnswer(reply: string): number | null {
  const found = /(?<![\d.-])\d+(?:\.\d+)?/.exec(plainDigits(behindThinking(reply) ?? ""))?.[0];
  if (found === undefined) return null;
  const value = Number(found);
  return value <= 10 ? value : null;
}

/**
 * Places by the chances of their letters where the first letter of a ranking stands, best first; letters without a chance
 * are left out. Empty where no such place is found.
 *
 * Source: FIRST (Reddy et al. 2024), rank_llm `_evaluate_logits`.
 */
export function firstTokenOrder(tokens: readonly GeneratedToken[], n: number): number[] {
  const letterOf = (token: string): number => {
    const letter = /^[\s[(]*([A-Z])[\s\])]*$/.exec(token)?.[1];
    const place = letter === undefined ? -1 : letter.charCodeAt(0) - 65;
    return place < n ? place : -1;
  };
  const at = tokens.find(({ token }) => letterOf(token) >= 0);
  if (at === undefined) return [];
  const best = new Map<number, number>();
  for (const { token, logprob } of [...at.top, at]) {
    const place = letterOf(token);
    if (place >= 0) best.set(place, Math.max(best.get(place) ?? Number.NEGATIVE_INFINITY, logprob));
  }
  return [...best].toSorted(([a, x], [b, y]) => y - x || a - b).map(([place]) => place);
}
