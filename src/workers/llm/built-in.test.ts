import { afterEach, expect, test } from "vitest";
import type { ChatMessage, GenerateRequest } from "#core/llm/port.ts";
import { builtInModel, builtInState } from "./built-in.ts";
import type { PromptApi, PromptSession } from "./prompt-api.ts";

const SIGNAL = new AbortController().signal;
const page = globalThis as { LanguageModel?: PromptApi };
afterEach(() => delete page.LanguageModel);

interface Log {
  created: Parameters<PromptApi["create"]>[0][];
  constraints: unknown[];
  open: number;
}

/** A word is a token. */
const words = (messages: readonly ChatMessage[]): number =>
  messages.reduce((sum, { content }) => sum + content.split(" ").length, 0);

/** As the specification has it. @param names of what is counted, which Chrome changed in 2026 */
function install(reply: string, { names = "new", context = 100 } = {}): Log {
  const log: Log = { created: [], constraints: [], open: 0 };
  page.LanguageModel = {
    availability: async () => "available",
    async create(options) {
      options.signal?.throwIfAborted();
      log.created.push(options);
      options.monitor?.({ addEventListener: (_, listener) => [0, 0.5, 1].forEach((loaded) => listener({ loaded })) });
      const initial = words(options.initialPrompts ?? []);
      if (initial > context) {
        throw Object.assign(new DOMException("too large", "QuotaExceededError"), {
          requested: initial,
          quota: context,
        });
      }
      log.open += 1;
      let usage = initial;
      let isOpen = true;
      const measured = async (input: readonly ChatMessage[]) => words(input);
      const session: PromptSession = {
        promptStreaming(input, { signal, responseConstraint }) {
          log.constraints.push(responseConstraint);
          const pieces = reply.split(/(?<= )/);
          return new ReadableStream<string>({
            async pull(controller) {
              await new Promise((resolve) => setTimeout(resolve, 1));
              if (signal.aborted) return controller.error(signal.reason);
              const piece = pieces.shift();
              if (piece !== undefined) return controller.enqueue(piece);
              usage += words(input) + words([{ role: "assistant", content: reply }]);
              controller.close();
            },
          });
        },
        destroy() {
          if (isOpen) log.open -= 1;
          isOpen = false;
        },
        ...(names === "new"
          ? { contextWindow: context, measureContextUsage: measured }
          : { inputQuota: context, measureInputUsage: measured }),
      };
      return Object.defineProperty(session, names === "new" ? "contextUsage" : "inputUsage", { get: () => usage });
    },
  };
  return log;
}

const ask = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [
    { role: "system", content: "Rank these." },
    { role: "user", content: "one two three" },
  ],
  maxTokens: 20,
  ...more,
});

test("G12 a browser without it is said to have none, and loading says so too", async () => {
  expect(await builtInState()).toBe("absent");
  await expect(builtInModel().load(SIGNAL, () => {})).rejects.toMatchObject({ code: "MODEL_MISSING" });
  install("");
  for (const [state, said] of [
    ["available", "ready"],
    ["downloading", "downloadable"],
    ["downloadable", "downloadable"],
    ["unavailable", "absent"],
  ] as const) {
    page.LanguageModel!.availability = async () => state;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await builtInState()).toBe(said);
  }
});

test.each(["new", "old"])(
  "G13 it answers in a session of its own, streams, counts and tidies up (%s names)",
  async (names) => {
    const log = install("[2] > [1] > [3]", { names });
    const model = builtInModel();
    const seen: number[] = [];
    const report = await model.load(SIGNAL, ({ done }) => seen.push(done));
    expect(report).toMatchObject({ place: { kind: "browser" }, contextTokens: 100, logprobs: 0, schema: true });
    expect(seen.at(-1)).toBe(1);
    const deltas: string[] = [];
    const schema = { name: "order", schema: { type: "array" } };
    const made = await model.generate(ask({ schema }), SIGNAL, (delta) => void deltas.push(delta));
    expect(made).toEqual({ text: "[2] > [1] > [3]", finish: "stop", tokensIn: 5, tokensOut: 5, logprobs: null });
    expect(deltas.join("")).toBe(made.text);
    expect(deltas.length).toBeGreaterThan(1);
    expect(log.constraints).toEqual([{ type: "array" }]);
    expect(log.created.at(-1)!.initialPrompts).toEqual([{ role: "system", content: "Rank these." }]);
    expect(await model.countTokens(ask().messages)).toBe(5);
    expect(log.open).toBe(0);
  },
);

test("G14 an abort ends it midway and its session", async () => {
  const log = install("word ".repeat(15));
  const controller = new AbortController();
  let heard = 0;
  const work = builtInModel().generate(ask(), controller.signal, () => {
    heard += 1;
    controller.abort();
  });
  await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
  expect(heard).toBe(1);
  expect(log.open).toBe(0);
});

test("G15 a prompt that leaves no room is refused with its numbers, whether we or the browser count", async () => {
  const log = install("yes", { context: 20 });
  await expect(builtInModel().generate(ask(), SIGNAL)).rejects.toMatchObject({
    code: "LLM_PROMPT_TOO_LONG",
    facts: { tokens: 5, most: 0 },
  });
  const long = [{ role: "system" as const, content: "a ".repeat(30) }, ...ask().messages];
  await expect(builtInModel().generate(ask({ messages: long }), SIGNAL)).rejects.toMatchObject({
    code: "LLM_PROMPT_TOO_LONG",
    facts: { most: 20 },
  });
  expect(log.open).toBe(0);
});

test("G16 a reply that goes on and on is cut", async () => {
  const log = install("word ".repeat(50));
  const made = await builtInModel().generate(ask({ maxTokens: 5 }), SIGNAL);
  expect(made.finish).toBe("length");
  expect(made.text.length).toBeLessThan(40);
  expect(log.open).toBe(0);
});
