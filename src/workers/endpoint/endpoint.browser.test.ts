import { afterEach, expect, inject, it } from "vitest";
import { toEngineError, type EngineError } from "#core/base/errors.ts";
import type { ChatEndpoint, RerankEndpoint } from "#core/llm/endpoint.ts";
import type { ChatMessage, GenerateRequest } from "#core/llm/port.ts";
import type { ChunkId } from "#core/model.ts";
import type { ScoredBatch } from "#core/ports.ts";
import { listwiseSingle, rankingSchema, yesNoPrompt } from "#core/rerank/llm/prompts.ts";
import { chatClient } from "./chat.client.ts";
import { endpointFrames } from "./frame.client.ts";
import { listModels } from "./models.client.ts";
import { rerankApi } from "./rerank.client.ts";

/*
 * E1 a reply is what its pieces put together, counted as the server counts. E2 what a server does not know is left out and
 * not asked for again. E3 what may pass is asked for again; everything else has a name. E4 a refusal by CORS is told from
 * a server that is off. E5 the key goes to its own address and nowhere else. E6 an abort ends the request. E7 indices of a
 * rerank API that are missing, twice or out of range are repaired and counted.
 */
const { open, locked, closed } = inject("llm");
const NEVER = new AbortController().signal;
const frames = endpointFrames(`${location.origin}/`);
const origins = [open, locked, closed];
afterEach(() => origins.forEach((origin) => frames.close(origin)));

const endpoint = (model: string, more: Partial<ChatEndpoint> = {}): ChatEndpoint => ({
  server: "ollama",
  base: `${open}/v1`,
  model,
  key: "",
  patience: 1,
  context: null,
  ...more,
});
const texts = ["truth 2 of the pump: größer als 5 °C 水泵", "truth 7 of the valve", "truth 4 of the hut"];
const ranking = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: listwiseSingle("which pump?", texts, 100),
  maxTokens: 60,
  ...more,
});
const asked = (model: string, request = ranking(), more: Partial<ChatEndpoint> = {}) =>
  chatClient(frames, endpoint(model, more)).generate(request, NEVER);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no error",
    (thrown: unknown) => toEngineError(thrown).code,
  );

it("E1 a streamed reply is whole, and its tokens are counted by the server", async () => {
  const pieces: string[] = [];
  const model = chatClient(frames, endpoint("perfect"));
  const generated = await model.generate(ranking(), NEVER, (delta) => void pieces.push(delta));
  expect(generated).toMatchObject({ text: "[2] > [3] > [1]", finish: "stop", tokensOut: 4, logprobs: null });
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join("")).toBe(generated.text);
  expect(generated.tokensIn).toBeGreaterThan(50);
});

it("E1 letters come whole where the network cuts them", async () => {
  const messages: ChatMessage[] = [{ role: "user", content: `[1] ${texts[0]!}.\nQuestion: pump` }];
  expect((await asked("perfect", { messages, maxTokens: 60 })).text).toBe(`${texts[0]!}. [1]`);
});

it("E1 models are listed, with the context that the server names; the report says it", async () => {
  const models = await listModels(frames, endpoint("perfect"), NEVER);
  expect(models.find(({ id }) => id === "perfect")).toEqual({ id: "perfect", context: 8192 });
  const report = await chatClient(frames, endpoint("perfect")).load(NEVER, () => {});
  expect(report).toMatchObject({ contextTokens: 8192, place: { kind: "endpoint", host: open.slice(7) } });
});

it("E2 chances and schemas are asked for until the server refuses them", async () => {
  const chances = await asked("perfect", { messages: yesNoPrompt("pump", texts[1]!, 50), maxTokens: 4, logprobs: 20 });
  expect(chances.logprobs?.[0]?.top.map(({ token }) => token)).toEqual(["yes", "no"]);
  for (const [name, report] of [
    ["no-logprobs", { logprobs: 0, schema: true }],
    ["no-schema", { logprobs: 20, schema: false }],
  ] as const) {
    const model = chatClient(frames, endpoint(name));
    const generated = await model.generate(ranking({ logprobs: 5, schema: rankingSchema(3) }), NEVER);
    expect(generated.text).toBe("[2] > [3] > [1]");
    expect(await model.load(NEVER, () => {})).toMatchObject(report);
  }
});

it.each([
  ["nasty-429", "no error"],
  ["nasty-500", "no error"],
  ["nasty-429-always", "ENDPOINT_BUSY"],
  ["nasty-json", "ENDPOINT_BAD_REPLY"],
  ["nasty-half", "ENDPOINT_TIMEOUT"],
  ["nasty-silent", "ENDPOINT_TIMEOUT"],
])("E3 %s: %s", async (model, code) => {
  expect(await codeOf(asked(model))).toBe(code);
});

it("E3 a stream that is cut off is an error, not a reply", async () => {
  expect(await codeOf(asked("nasty-cut"))).toBe("ENDPOINT_BAD_REPLY");
});

it("E4 a server without CORS is told from one that is off", async () => {
  expect(await codeOf(asked("perfect", ranking(), { base: `${closed}/v1` }))).toBe("ENDPOINT_CORS");
  // The port of a server that was there a moment ago would be taken; nobody listens on 9.
  const off = "http://127.0.0.1:9";
  origins.push(off);
  expect(await codeOf(asked("perfect", ranking(), { base: `${off}/v1` }))).toBe("ENDPOINT_UNREACHABLE");
});

it("E5 the key is sent, and a wrong one is named", async () => {
  const base = `${locked}/v1`;
  expect((await asked("perfect", ranking(), { base, key: "secret-key" })).text).toBe("[2] > [3] > [1]");
  expect(await codeOf(asked("perfect", ranking(), { base, key: "another" }))).toBe("ENDPOINT_AUTH");
});

it("E5 a frame asks its own origin and no other one", async () => {
  const { port } = await frames.port(open);
  const answer = new Promise<{ kind: string; message?: string }>((resolve) =>
    port.addEventListener("message", ({ data }: MessageEvent<{ id: number; kind: string }>) => {
      if (data.id === -1) resolve(data);
    }),
  );
  port.postMessage({ id: -1, kind: "ask", method: "GET", url: `${locked}/v1/models`, headers: {}, body: null });
  expect(await answer).toMatchObject({ kind: "failed", message: "not an address of this endpoint" });
  // And if it did: the policy that it has put on itself.
  const frame = document.querySelector<HTMLIFrameElement>("iframe[title='Language model']")!;
  const policies = [...frame.contentDocument!.querySelectorAll("meta[http-equiv]")].map((it) =>
    it.getAttribute("content"),
  );
  expect(policies.at(-1)).toBe(`connect-src ${open}`);
  const realm = frame.contentWindow as Window & typeof globalThis;
  const outcome = (url: string): Promise<string> =>
    realm.fetch(url, { mode: "cors" }).then(
      () => "went out",
      () => "refused",
    );
  expect([await outcome(`${open}/v1/models`), await outcome(`${locked}/v1/models`)]).toEqual(["went out", "refused"]);
});

it("E6 an abort ends a reply midway, and the next call is answered", async () => {
  const model = chatClient(frames, endpoint("slow"));
  const controller = new AbortController();
  const pieces: string[] = [];
  const stopped = model.generate(ranking(), controller.signal, (delta) => {
    pieces.push(delta);
    controller.abort();
  });
  expect(await codeOf(stopped)).toBe("CANCELLED");
  expect(pieces).toHaveLength(1);
  expect((await model.generate(ranking(), NEVER)).text).toBe("[2] > [3] > [1]");
});

it("E5 a server that repeats the key in its refusal does not bring it into the error", async () => {
  const base = `${locked}/v1`;
  const error = await asked("perfect", ranking(), { base, key: "sk-wrong-one" }).catch(toEngineError);
  expect(JSON.stringify((error as EngineError).data)).toContain("•••");
  expect(JSON.stringify((error as EngineError).data)).not.toContain("sk-wrong-one");
});

it("E6 a frame that is taken away ends what it was asking", async () => {
  const waiting = codeOf(asked("nasty-silent", ranking(), { patience: 60 }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  frames.close(open);
  expect(await waiting).toBe("CANCELLED");
});

const passages = texts.map((text, i) => ({ id: String(i) as ChunkId, text }));
const rerankEndpoint = (model: string, more: Partial<RerankEndpoint> = {}): RerankEndpoint => ({
  server: "cohere",
  base: open,
  path: "/v2/rerank",
  model,
  key: "",
  patience: 1,
  ...more,
});
async function rerank(to: RerankEndpoint): Promise<ScoredBatch> {
  const batches: ScoredBatch[] = [];
  await rerankApi(frames, () => to).score("pump", passages, NEVER, (batch) => void batches.push(batch));
  expect(batches).toHaveLength(1);
  return batches[0]!;
}

it("E7 scores come back by index, whatever the order", async () => {
  for (const to of [rerankEndpoint("rerank-perfect"), rerankEndpoint("", { server: "tei", path: "/rerank" })]) {
    const { ids, logits, api } = await rerank(to);
    expect(ids).toEqual(["0", "1", "2"]);
    expect([...logits].map((score) => Math.floor(score))).toEqual([2, 7, 4]);
    expect(api).toMatchObject({ passages: 3, missing: 0, duplicates: 0, outOfRange: 0 });
  }
});

it("E7 what is missing has no score, what comes twice counts once", async () => {
  const missing = await rerank(rerankEndpoint("rerank-missing"));
  expect([...missing.logits].map((score) => Math.floor(score))).toEqual([Number.NaN, 7, Number.NaN]);
  expect(missing.api).toMatchObject({ missing: 2 });
  expect((await rerank(rerankEndpoint("rerank-duplicates"))).api).toMatchObject({
    duplicates: 1,
    outOfRange: 1,
    missing: 0,
  });
});

it("E7 E3 failures of a rerank API have the same names", async () => {
  const code = (model: string, more: Partial<RerankEndpoint> = {}): Promise<string> =>
    codeOf(rerank(rerankEndpoint(model, more)));
  expect(await code("nasty-429")).toBe("no error");
  expect(await code("nasty-json")).toBe("ENDPOINT_BAD_REPLY");
  expect(await code("nasty-silent")).toBe("ENDPOINT_TIMEOUT");
  expect(await code("x", { base: closed })).toBe("ENDPOINT_CORS");
  expect(await code("x", { path: "/nowhere" })).toBe("ENDPOINT_FAILED");
});
