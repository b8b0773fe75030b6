import { afterAll, expect, inject, it } from "vitest";
import { toEngineError } from "#core/base/errors.ts";
import { seededRandom } from "#core/base/rng.ts";
import type { ChunkId } from "#core/model.ts";
import type { LlmSummary } from "#core/rerank/llm/run.ts";
import { shuffled } from "#core/rerank/llm/consistency.ts";
import { LLM_DEFAULTS, LLM_METHODS, type LlmMethod, type LlmSettings } from "#core/rerank/llm/settings.ts";
import { LlmReranker } from "#engine/llm/llm-reranker.ts";
import { chatClient } from "#workers/endpoint/chat.client.ts";
import { endpointFrames } from "#workers/endpoint/frame.client.ts";

/** The re-rankers over real HTTP, with a judge that reads what it is sent. */
const { open } = inject("llm");
const frames = endpointFrames(`${location.origin}/`);
afterAll(() => frames.close(open));

async function ranked(model: string, n: number, method: LlmMethod, settings: Partial<LlmSettings>) {
  const worths = shuffled(
    Array.from({ length: n }, (_, i) => i + 1),
    seededRandom(n),
  );
  const passages = worths.map((worth) => ({
    id: String(worth) as ChunkId,
    text: `About the pump, truth ${worth} of it.`,
  }));
  const chat = chatClient(frames, { server: "", base: `${open}/v1`, model, key: "", patience: 2, context: null });
  const all = { ...LLM_DEFAULTS, ...settings };
  const reranker = new LlmReranker({ method, model: () => chat, settings: () => all, onRun: () => {} });
  let order = worths;
  let run: LlmSummary | undefined;
  const failed = await reranker
    .score("when does the pump start?", passages, new AbortController().signal, (batch) => {
      run = batch.run;
      if (batch.ids.length > 0) order = batch.ids.map(Number);
    })
    .then(
      () => null,
      (thrown: unknown) => toEngineError(thrown).code,
    );
  return { order, worths, run: run!, failed };
}

it.each([
  [7, 20, 10],
  [23, 20, 10],
  [40, 10, 4],
])("L1 a perfect judge behind HTTP puts the top of %i right, in windows of %i by %i", async (n, window, step) => {
  const { order, run } = await ranked("perfect", n, "sliding", { window, step });
  const top = Math.min(n, window - step);
  expect(order.slice(0, top)).toEqual(Array.from({ length: top }, (_, i) => n - i));
  expect(run).toMatchObject({ calls: { failed: 0 }, unread: 0, estimated: false });
});

it.each(LLM_METHODS.filter((method) => method !== "yes-no" && method !== "relevance"))(
  "L1 L4 %s behind HTTP finds the best of 12",
  async (method) => {
    const { order, failed } = await ranked("perfect", 12, method, { window: 6, step: 3, depth: 3 });
    expect(failed).toBeNull();
    expect(order.slice(0, 3)).toEqual([12, 11, 10]);
  },
);

it("L2 a nasty server: always a permutation, and the run says what happened", async () => {
  for (const model of ["nasty-mixed", "nasty-think", "nasty-empty", "nasty-duplicates", "nasty-cut", "noisy"]) {
    const { order, worths, run } = await ranked(model, 15, "sliding", { window: 6, step: 3 });
    expect(order.toSorted((a, b) => a - b)).toEqual(worths.toSorted((a, b) => a - b));
    const { calls, replies } = run;
    const faults = calls.failed + replies.missing + replies.repetition + replies["wrong-format"];
    if (model === "noisy") expect(faults).toBe(0);
    else expect(faults, model).toBe(calls.done);
  }
});
