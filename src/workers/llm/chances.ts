import type { GeneratedToken } from "#core/llm/port.ts";

/** The logits of one place, as chances. */
export interface Chances {
  /** Natural logarithm of a token's probability. */
  logprob(id: number): number;
  /** Ids of the likeliest, best first; of equal ones the lower id, which is the one that greedy decoding takes. */
  readonly top: readonly number[];
}

/** @param logits of the whole vocabulary */
export function chancesOf(logits: Float32Array, count: number): Chances {
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > max) max = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - max);
  const total = max + Math.log(sum);
  return { logprob: (id) => (logits[id] ?? Number.NEGATIVE_INFINITY) - total, top: likeliest(logits, count) };
}

/** By insertion: of a hundred thousand tokens hardly any is among the best twenty. */
function likeliest(logits: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let id = 0; id < logits.length; id += 1) {
    const logit = logits[id]!;
    if (top.length === count && !(logit > logits[top.at(-1)!]!)) continue;
    let at = top.length;
    while (at > 0 && logit > logits[top[at - 1]!]!) at -= 1;
    top.splice(at, 0, id);
    if (top.length > count) top.pop();
  }
  return top;
}

export function generatedToken(chances: Chances, id: number, textOf: (id: number) => string): GeneratedToken {
  const chance = (it: number) => ({ token: textOf(it), logprob: chances.logprob(it) });
  return { ...chance(id), top: chances.top.map((it) => chance(it)) };
}
