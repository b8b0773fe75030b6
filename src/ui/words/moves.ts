import type { Ranked } from "#core/model.ts";

type Move = Pick<Ranked, "delta" | "logit">;

/** "up 16", "down 1", "unchanged", "waiting", "not scored": the words beside the sign. */
export function moveWords({ delta, logit }: Move, settled: boolean): string {
  if (logit === null) return settled ? "not scored" : "waiting";
  if (delta === 0) return "unchanged";
  return delta > 0 ? `up ${delta}` : `down ${-delta}`;
}

/** "▲ 16", "▼ 1", "=". */
export function moveSign(delta: number): string {
  if (delta === 0) return "=";
  return delta > 0 ? `▲ ${delta}` : `▼ ${-delta}`;
}

export function crossingWords(crossing: "entered" | "left", top: number): string {
  return `${crossing} the top ${top}`;
}
