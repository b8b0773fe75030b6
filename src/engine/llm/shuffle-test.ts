import { seededRandom } from "#core/base/rng.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { ChunkId } from "#core/model.ts";
import type { Passage, Signal } from "#core/ports.ts";
import { positionBias, shufflesOf, type PositionBias } from "#core/rerank/llm/consistency.ts";
import type { LlmRun } from "#core/rerank/llm/run.ts";
import { LlmReranker } from "./llm-reranker.ts";

/** The order before and so many others. */
const ORDERS = 4;

/** Ranks the pool of a run again, from several starting orders: does the order that it is shown play a part? */
export async function testShuffles(
  model: LanguageModel,
  run: LlmRun,
  texts: ReadonlyMap<ChunkId, string>,
  signal: Signal,
  onProgress: (done: number, of: number) => void,
): Promise<PositionBias | null> {
  const pool = run.pool.flatMap((id): Passage[] => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ id, text }];
  });
  const shown = shufflesOf(pool, ORDERS, seededRandom(pool.length));
  const given: (readonly ChunkId[])[] = [];
  for (const [i, start] of shown.entries()) {
    let order: readonly ChunkId[] = start.map(({ id }) => id);
    const settings = { ...run.settings, shuffles: 1 };
    const reranker = new LlmReranker({
      method: run.method,
      model: () => model,
      settings: () => settings,
      onRun: () => {},
    });
    await reranker.score(run.query, start, signal, ({ ids, logits, run: now }) => {
      order = ids
        .map((id, place) => ({ id, logit: logits[place] ?? Number.NaN, place }))
        .toSorted((a, b) => (b.logit || 0) - (a.logit || 0) || a.place - b.place)
        .map(({ id }) => id);
      if (now !== undefined) onProgress(i * now.calls.of + now.calls.done, ORDERS * now.calls.of);
    });
    given.push(order);
  }
  return positionBias(
    shown.map((start) => start.map(({ id }) => id)),
    given,
  );
}
