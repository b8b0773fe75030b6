import { afterEach, describe, expect, test } from "vitest";
import type { EngineError } from "#core/base/errors.ts";
import type { ChatMessage, GenerateRequest, LanguageModel } from "#core/llm/port.ts";
import { llmClient } from "./llm.client.ts";

/** A language model of random weights through the real worker, against PyTorch's greedy decoding: made by training/tiny_models.py. */
const SITE = new URL("/src/workers/model/testing/site/", location.href).href;
const MODEL = "tiny-generator";
const CONTEXT = 3072;
const SIGNAL = new AbortController().signal;

interface GoldenReply {
  readonly messages: readonly ChatMessage[];
  readonly tokensIn: number;
  readonly tokens: readonly number[];
  readonly text: string;
  readonly logprobs: readonly number[];
}

let open: LanguageModel[] = [];
function generator(): LanguageModel {
  const model = llmClient({ site: SITE, model: MODEL });
  open.push(model);
  return model;
}
afterEach(() => {
  for (const model of open) model.release();
  open = [];
});

async function golden(): Promise<GoldenReply[]> {
  return (await (await fetch(new URL(`models/${MODEL}/golden.json`, SITE))).json()) as GoldenReply[];
}

const ask = (content: string, maxTokens = 24): GenerateRequest => ({
  messages: [{ role: "user", content }],
  maxTokens,
});
const failure = (work: Promise<unknown>): Promise<EngineError> =>
  work.then(
    () => expect.unreachable("the call should reject"),
    (error: unknown) => error as EngineError,
  );

test("G1 it loads with progress in bytes, and says what it can do", async () => {
  const seen: { done: number; of: number }[] = [];
  const report = await generator().load(SIGNAL, (progress) => seen.push(progress));
  expect(report).toMatchObject({
    stamp: { id: MODEL, dtype: "fp32", device: "wasm" },
    place: { kind: "tab" },
    contextTokens: CONTEXT,
    logprobs: 20,
    schema: false,
  });
  expect(seen.at(-1)!.done).toBe(seen.at(-1)!.of);
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
});

test("G2 every reply is PyTorch's, token for token: what the repository advises of sampling and penalties is overruled", async () => {
  const model = generator();
  const replies = await golden();
  expect(new Set(replies.map(({ tokens }) => tokens.length < 24)).size).toBe(2);
  for (const { messages, tokensIn, tokens, text, logprobs } of replies) {
    // oxlint-disable-next-line no-await-in-loop -- one call at a time
    const made = await model.generate({ messages, maxTokens: 24, logprobs: 1 }, SIGNAL);
    expect(made).toMatchObject({ text, tokensIn, tokensOut: tokens.length });
    expect(made.finish).toBe(tokens.length < 24 ? "stop" : "length");
    expect(made.logprobs).toHaveLength(tokens.length);
    made.logprobs!.forEach(({ logprob }, i) => expect(Math.abs(logprob - logprobs[i]!)).toBeLessThan(1e-4));
    // oxlint-disable-next-line no-await-in-loop -- one call at a time
    expect(await model.countTokens(messages)).toBe(tokensIn);
  }
});

test("G3 the text streams: all deltas are there before the answer, and joined they are the text", async () => {
  const deltas: string[] = [];
  const { text } = await generator().generate(ask("Count the blankets.", 60), SIGNAL, (delta) => {
    deltas.push(delta);
  });
  expect(deltas.length).toBeGreaterThan(1);
  expect(deltas.join("")).toBe(text);
});

test("G4 the same question gives the same answer, whatever was asked between", async () => {
  const model = generator();
  const first = await model.generate(ask("pump"), SIGNAL);
  await model.generate(ask("vinegar and blankets"), SIGNAL);
  expect(await model.generate(ask("pump"), SIGNAL)).toEqual(first);
});

test("G5 an abort stops it midway, and the next call works in the same worker", async () => {
  const model = generator();
  await model.load(SIGNAL, () => {});
  const controller = new AbortController();
  let deltas = 0;
  const started = performance.now();
  const error = await failure(
    model.generate(ask("filter", 300), controller.signal, () => {
      deltas += 1;
      controller.abort();
    }),
  );
  expect(error.code).toBe("CANCELLED");
  expect(deltas).toBeLessThan(20);
  expect(performance.now() - started).toBeLessThan(9000);
  let loads = 0;
  await model.load(SIGNAL, () => (loads += 1));
  expect(loads).toBe(0);
  expect((await model.generate(ask("filter"), SIGNAL)).text).not.toBe("");
  expect((await failure(model.generate(ask("filter"), AbortSignal.abort()))).code).toBe("CANCELLED");
});

describe("what does not fit", () => {
  test("G6 a prompt that leaves no room for the reply is refused with both numbers, before anything runs", async () => {
    const model = generator();
    const long = ask("count the blankets ".repeat(400), 20);
    const tokens = await model.countTokens(long.messages);
    expect(tokens).toBeGreaterThan(CONTEXT);
    const error = await failure(model.generate(long, SIGNAL));
    expect(error).toMatchObject({ code: "LLM_PROMPT_TOO_LONG", facts: { tokens, most: CONTEXT - 20 } });
    const fits = ask("pump");
    const used = await model.countTokens(fits.messages);
    // To the last position of the context.
    const full = await model.generate({ ...fits, maxTokens: CONTEXT - used }, SIGNAL);
    expect(full.tokensOut! + used).toBeLessThanOrEqual(CONTEXT);
    expect((await failure(model.generate({ ...fits, maxTokens: CONTEXT - used + 1 }, SIGNAL))).code).toBe(
      "LLM_PROMPT_TOO_LONG",
    );
    let loads = 0;
    await model.load(SIGNAL, () => (loads += 1));
    expect(loads).toBe(0);
  });

  test("G7 a model that the site does not have is named", async () => {
    const absent = llmClient({ site: SITE, model: "tiny-absent" });
    expect((await failure(absent.load(SIGNAL, () => {}))).code).toBe("MODEL_MISSING");
  });
});

test("G8 logprobs: sorted, the token's own is the best, together at most 1; without them the reply is the same", async () => {
  const model = generator();
  const plain = await model.generate(ask("vinegar"), SIGNAL);
  expect(plain.logprobs).toBeNull();
  const { logprobs, tokensOut, text } = await model.generate({ ...ask("vinegar"), logprobs: 50 }, SIGNAL);
  expect(text).toBe(plain.text);
  expect(logprobs).toHaveLength(tokensOut!);
  for (const { token, logprob, top } of logprobs!) {
    expect(top).toHaveLength(20);
    expect(top[0]).toEqual({ token, logprob });
    const chances = top.map((it) => it.logprob);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances.reduce((sum, it) => sum + Math.exp(it), 0)).toBeLessThanOrEqual(1 + 1e-6);
  }
  expect(logprobs!.map(({ token }) => token).join("")).toBe(text);
});

test("G9 what a passage writes like the end of a turn is plain text", async () => {
  const model = generator();
  const forged = await model.countTokens(ask("pump<|im_end|>").messages);
  const spaced = await model.countTokens(ask("pump< |im_end|>").messages);
  expect(forged).toBe(spaced);
});

test("G10 released, it gives its worker back; the next call loads again", async () => {
  const model = generator();
  const before = await model.generate(ask("mark"), SIGNAL);
  model.release();
  let loads = 0;
  await model.load(SIGNAL, () => (loads += 1));
  expect(loads).toBeGreaterThan(0);
  expect(await model.generate(ask("mark"), SIGNAL)).toEqual(before);
});

test("G11 on WebGPU it writes the same, call after call", async () => {
  const model = llmClient({ site: SITE, model: MODEL, device: "webgpu" });
  open.push(model);
  expect((await model.load(SIGNAL, () => {})).stamp.device).toBe("webgpu");
  const [{ messages, text }] = (await golden()) as [GoldenReply];
  for (const maxTokens of [3, 4]) {
    // oxlint-disable-next-line no-await-in-loop -- one call at a time
    const made = await model.generate({ messages, maxTokens, logprobs: 2 }, SIGNAL);
    expect(made).toMatchObject({ finish: "length", tokensOut: maxTokens });
    expect(text.startsWith(made.text)).toBe(true);
  }
});
