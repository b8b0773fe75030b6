import { expect, it } from "vitest";
import { EngineError, toEngineError } from "#core/base/errors.ts";
import { seededRandom } from "#core/base/rng.ts";
import type { ChunkId } from "#core/model.ts";
import type { Passage, ScoredBatch } from "#core/ports.ts";
import { shuffled } from "#core/rerank/llm/consistency.ts";
import { llmCost } from "#core/rerank/llm/cost.ts";
import { estimateTokens } from "#core/llm/cut.ts";
import type { LlmRun } from "#core/rerank/llm/run.ts";
import { LLM_DEFAULTS, LLM_METHODS, isPointwise, type LlmMethod, type LlmSettings } from "#core/rerank/llm/settings.ts";
import { perfectReply, ScriptedModel } from "../testing/scripted-model.ts";
import { LlmReranker } from "./llm-reranker.ts";
import { testShuffles } from "./shuffle-test.ts";

const NEVER = new AbortController().signal;

/** Passages whose numbers are their worth, in this order. */
const poolOf = (worths: readonly number[]): Passage[] =>
  worths.map((worth) => ({ id: `c:${worth}` as ChunkId, text: `pump ${worth} of the manual` }));

const worthOf = (id: string | undefined): number => Number(id?.slice(2));

async function rank(
  method: LlmMethod,
  passages: readonly Passage[],
  settings: Partial<LlmSettings> = {},
  model = new ScriptedModel(),
  signal: AbortSignal = NEVER,
) {
  const batches: ScoredBatch[] = [];
  const runs: LlmRun[] = [];
  const logits = new Map<ChunkId, number>();
  const all = { ...LLM_DEFAULTS, ...settings };
  const reranker = new LlmReranker({ method, model: () => model, settings: () => all, onRun: (run) => runs.push(run) });
  const failed = await reranker
    .score("when does the pump start?", passages, signal, (batch) => {
      batches.push(batch);
      for (const [i, id] of batch.ids.entries()) logits.set(id, batch.logits[i]!);
    })
    .then(
      () => null,
      (thrown: unknown) => toEngineError(thrown),
    );
  const order = passages
    .map(({ id }, at) => ({ id, at, logit: logits.get(id) ?? Number.NaN }))
    .toSorted((a, b) => (Number.isNaN(a.logit) ? 1 : Number.isNaN(b.logit) ? -1 : b.logit - a.logit || a.at - b.at))
    .map(({ id }) => worthOf(id));
  return { order, batches, run: runs.at(-1)!, summary: batches.at(-1)?.run, model, failed, logits };
}

const start = shuffled(
  Array.from({ length: 30 }, (_, i) => i + 1),
  seededRandom(2),
);
const best = (n: number): number[] => Array.from({ length: n }, (_, i) => 30 - i);

it.each(LLM_METHODS)(
  "L1 L4 R1 %s with a perfect judge finds the top, and every state is a permutation",
  async (method) => {
    const settings = { window: 10, step: 5, depth: 5 };
    const model = new ScriptedModel();
    model.logprobs = 20;
    const { order, batches, summary, failed, model: asked } = await rank(method, poolOf(start), settings, model);
    expect(failed).toBeNull();
    // Relevance from 0 to 10 cannot tell 11 from 30.
    if (method === "relevance") expect(order.slice(0, 3).every((worth) => worth >= 10)).toBe(true);
    else expect(order.slice(0, 5)).toEqual(best(5));
    for (const { ids } of batches) {
      if (isPointwise(method)) expect(new Set(ids).size).toBe(ids.length);
      else
        expect(ids.map(worthOf).toSorted((a, b) => a - b)).toEqual(
          ids.length === 0 ? [] : start.toSorted((a, b) => a - b),
        );
    }
    const cost = llmCost(method, { ...LLM_DEFAULTS, ...settings }, { passages: 30, passageTokens: 9, queryTokens: 7 });
    if (cost.isMost) expect(asked.asked.length).toBeLessThanOrEqual(cost.calls);
    else expect(asked.asked).toHaveLength(cost.calls);
    expect(summary).toMatchObject({
      calls: { done: asked.asked.length, of: asked.asked.length, failed: 0 },
      unread: 0,
    });
  },
);

it("L1 the same order by one message and by turns, and with a schema", async () => {
  const single = await rank("sliding", poolOf(start));
  const multi = await rank("sliding", poolOf(start), { turns: "multi" });
  const model = new ScriptedModel();
  model.schema = true;
  model.say = ({ messages }) => JSON.stringify({ ranking: perfectReply(messages).match(/\d+/g)!.map(Number) });
  const schema = await rank("sliding", poolOf(start), {}, model);
  expect([multi.order, schema.order]).toEqual([single.order, single.order]);
  expect(schema.model.asked[0]!.schema?.name).toBe("ranking");
  expect(schema.summary?.replies.ok).toBe(2);
  expect(multi.model.asked[0]!.messages).toHaveLength(3 + 2 * 20 + 1);
});

it("R3 a stop midway leaves what was ranked, and says how far it got", async () => {
  const controller = new AbortController();
  const model = new ScriptedModel();
  model.say = ({ messages }, number) => {
    if (number < 3) return perfectReply(messages);
    controller.abort();
    throw new EngineError("CANCELLED");
  };
  const { order, failed, summary } = await rank(
    "sliding",
    poolOf(start),
    { window: 5, step: 3 },
    model,
    controller.signal,
  );
  expect(failed?.code).toBe("CANCELLED");
  expect(order.toSorted((a, b) => a - b)).toEqual(start.toSorted((a, b) => a - b));
  expect(order.slice(0, 10)).toEqual(start.slice(0, 10));
  expect(order).not.toEqual(start);
  expect(summary?.calls).toEqual({ done: 2, of: 10, failed: 0 });
});

it("R3 a stop before the first reply gives no order at all", async () => {
  const controller = new AbortController();
  controller.abort();
  const { logits, failed } = await rank("sliding", poolOf(start), {}, new ScriptedModel(), controller.signal);
  expect([failed?.code, logits.size]).toEqual(["CANCELLED", 0]);
});

it("R3 a failed call keeps its window and the others go on; three in a row end it", async () => {
  const model = new ScriptedModel();
  model.say = ({ messages }, number) => {
    if (number === 2) throw new EngineError("ENDPOINT_TIMEOUT", "", { seconds: 1 });
    return perfectReply(messages);
  };
  const one = await rank("sliding", poolOf(start), { window: 10, step: 5 }, model);
  expect(one.failed).toBeNull();
  expect(one.summary?.calls).toEqual({ done: 5, of: 5, failed: 1 });
  expect(one.run.calls[1]).toMatchObject({ reading: null, error: { code: "ENDPOINT_TIMEOUT" } });

  const dead = new ScriptedModel();
  dead.say = (_, number) => {
    throw new EngineError(number > 9 ? "UNEXPECTED" : "ENDPOINT_TIMEOUT", "");
  };
  const none = await rank("setwise", poolOf(start), {}, dead);
  expect([none.failed?.code, none.run.calls.length, none.logits.size]).toEqual(["ENDPOINT_TIMEOUT", 3, 0]);

  const locked = new ScriptedModel();
  locked.say = () => {
    throw new EngineError("ENDPOINT_AUTH", "");
  };
  expect((await rank("sliding", poolOf(start), {}, locked)).run.calls).toHaveLength(1);
});

it("L2 whatever a model says, the list is a permutation and the run says what happened", async () => {
  const replies = [
    "",
    "[2] > [2]",
    "Here are the 10 passages ranked",
    "<think>[1]",
    "[0] > [99]",
    "1. [3]\n2. [1]",
    "🙂",
    '{"a"',
  ];
  for (const [i, reply] of replies.entries()) {
    for (const method of LLM_METHODS) {
      const model = new ScriptedModel();
      model.say = () => reply;
      const { order, summary, failed } = await rank(method, poolOf(start), { window: 10, step: 5 }, model);
      expect(failed).toBeNull();
      expect(order.toSorted((a, b) => a - b)).toEqual(start.toSorted((a, b) => a - b));
      const { replies: kinds, unread } = summary!;
      if (method === "sliding") expect(kinds.missing + kinds.repetition + kinds["wrong-format"], reply).toBe(5);
      if (i === 0) expect(unread).toBe(summary!.calls.done);
    }
  }
});

it("L3 windows get smaller where the context is, and one call that cannot hold the pool says so", async () => {
  const model = new ScriptedModel();
  model.context = 400;
  const { order, run, summary } = await rank("sliding", poolOf(start), {}, model);
  expect(run.window).toBeLessThan(20);
  expect(summary?.smallerWindow).toBe(run.window);
  expect(order.slice(0, 1)).toEqual(best(1));
  expect(
    model.asked.every(
      ({ messages, maxTokens }) =>
        messages.reduce((sum, { content }) => sum + estimateTokens(content), maxTokens) <= 400,
    ),
  ).toBe(true);
  expect((await rank("one-call", poolOf(start), {}, model)).failed?.code).toBe("LLM_PROMPT_TOO_LONG");
});

it("yes or no by chances where the model gives them, else by its word", async () => {
  const words = await rank("yes-no", poolOf([1, 9, 6]));
  expect([...words.logits.values()]).toEqual([-1, 1, 1]);
  expect(words.order).toEqual([9, 6, 1]);
  const model = new ScriptedModel();
  model.logprobs = 20;
  const chances = await rank("yes-no", poolOf([6, 1, 9]), {}, model);
  expect(chances.order).toEqual([9, 6, 1]);
  expect(chances.logits.get("c:6" as ChunkId)).toBeCloseTo(1, 5);
});

it("a passage whose call failed has no score at all, one whose reply says nothing has none to sort by", async () => {
  const model = new ScriptedModel();
  model.say = ({ messages }, number) => {
    if (number === 2) throw new EngineError("ENDPOINT_TIMEOUT", "");
    return number === 3 ? "perhaps" : perfectReply(messages);
  };
  const { logits, summary } = await rank("yes-no", poolOf([1, 9, 6, 7]), {}, model);
  expect(Object.fromEntries(logits)).toEqual({ "c:1": -1, "c:6": Number.NaN, "c:7": 1 });
  expect(summary).toMatchObject({ calls: { done: 4, failed: 1 }, unread: 1 });
});

it("L5 shuffles are brought together, and asked for again they are the same", async () => {
  const model = new ScriptedModel();
  const { order, run } = await rank("one-call", poolOf(start), { shuffles: 3 }, model);
  expect(order).toEqual(best(30));
  expect(run.calls.map(({ shuffle }) => shuffle)).toEqual([0, 1, 2]);
  const again = await rank("one-call", poolOf(start), { shuffles: 3 });
  expect(again.run.calls.map(({ chunkIds }) => chunkIds)).toEqual(run.calls.map(({ chunkIds }) => chunkIds));
});

it("L5 the shuffle test tells a judge from a copier", async () => {
  const texts = new Map(poolOf(start).map(({ id, text }) => [id, text]));
  const { run } = await rank("sliding", poolOf(start), { window: 30, step: 10 });
  const judge = await testShuffles(new ScriptedModel(), run, texts, NEVER, () => {});
  expect(judge?.agreement).toBe(1);
  const copier = new ScriptedModel();
  copier.say = () => Array.from({ length: 30 }, (_, i) => `[${i + 1}]`).join(" > ");
  expect((await testShuffles(copier, run, texts, NEVER, () => {}))?.copying).toBe(1);
});

it("a run holds what is needed to step through it, and nothing of a key", async () => {
  const { run } = await rank("sliding", poolOf(start), { window: 10, step: 5 });
  expect(run.calls[0]).toMatchObject({ number: 1, span: { begin: 20, end: 30 }, pass: 1, shuffle: 0, error: null });
  expect(run.calls[0]!.reading).toMatchObject({ kind: "order", reply: { kind: "ok", format: "chain" } });
  expect(run.calls[0]!.messages.at(-1)!.content).toContain("Search Query: when does the pump start?");
  expect(run.order[0]).toBe("c:30");
  expect(JSON.stringify(run)).not.toMatch(/key|authorization/i);
});

it("with no model set up it says so", async () => {
  const reranker = new LlmReranker({
    method: "sliding",
    model: () => null,
    settings: () => LLM_DEFAULTS,
    onRun: () => {},
  });
  await expect(reranker.load(NEVER, () => {})).rejects.toMatchObject({ code: "LLM_OFF" });
});
