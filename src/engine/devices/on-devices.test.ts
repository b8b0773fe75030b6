import { expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { Device } from "#core/model.ts";
import { FakeEmbedder } from "../testing/fakes.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import { EmbedderOnDevices } from "./embedder-on-devices.ts";
import { LanguageModelOnDevices } from "./language-model-on-devices.ts";

const NEVER = AbortSignal.any([]);
const both = async (): Promise<Device[]> => ["webgpu", "wasm"];
const known = { has: () => true, add: () => {} };

/** On the device that it was made for. */
class OnDevice extends FakeEmbedder {
  readonly #device: Device;
  constructor(device: Device) {
    super();
    this.#device = device;
  }
  override async load(): ReturnType<FakeEmbedder["load"]> {
    const report = await super.load();
    return { ...report, goldenError: null, stamp: { ...report.stamp, device: this.#device } };
  }
}

test("P8 an embedder whose device dies makes the same call on the next one, and stays there until it is reset", async () => {
  const made: OnDevice[] = [];
  const make = (device: Device): OnDevice => {
    const embedder = new OnDevice(device);
    made.push(embedder);
    return embedder;
  };
  const embedder = new EmbedderOnDevices({ make, plan: both, checked: known });
  await embedder.load(NEVER, () => {});
  made[0]!.failing = new EngineError("WORKER_CRASHED", "device is lost");
  const { vectors } = await embedder.embed(["a", "b"], "passage", NEVER, () => {});
  expect(vectors).toHaveLength(4);
  expect(made).toHaveLength(2);
  expect(await embedder.load(NEVER, () => {})).toMatchObject({
    stamp: { device: "wasm" },
    fallback: { code: "DEVICE_LOST" },
  });
  embedder.reset();
  expect(await embedder.load(NEVER, () => {})).toMatchObject({ stamp: { device: "webgpu" }, fallback: null });
});

test("P7 vectors that differ from WASM's leave the device; a machine that was found right is not asked again", async () => {
  const turned = (device: Device): OnDevice => {
    const embedder = new OnDevice(device);
    const embed = embedder.embed.bind(embedder);
    embedder.embed = async (...args) => {
      const made = await embed(...args);
      return device === "wasm" ? made : { ...made, vectors: made.vectors.map((_, i) => (i % 2 === 0 ? 0 : 1)) };
    };
    return embedder;
  };
  const asked = new EmbedderOnDevices({ make: turned, plan: both, checked: { has: () => false, add: () => {} } });
  expect(await asked.load(NEVER, () => {})).toMatchObject({
    stamp: { device: "wasm" },
    fallback: { code: "DEVICE_WRONG_NUMBERS" },
  });
  const trusted = new EmbedderOnDevices({ make: turned, plan: both, checked: known });
  expect((await trusted.load(NEVER, () => {})).stamp.device).toBe("webgpu");
});

/** Its GPU dies in the call that asks for more than one token, before or after the first word was shown. */
function speaking(device: Device, diesAfter: string | null): LanguageModel {
  return {
    async load() {
      const stamp = { id: "llm", revision: "1", dtype: "q4f16" as const, device };
      return { stamp, place: { kind: "tab" }, contextTokens: 100, logprobs: 20, schema: false };
    },
    async generate({ maxTokens, logprobs }, _, onText) {
      if (device === "webgpu" && maxTokens > 1 && diesAfter !== null) {
        if (diesAfter !== "") await onText?.(diesAfter);
        throw new EngineError("WORKER_CRASHED", "device is lost");
      }
      await onText?.(device);
      const top = [{ token: "a", logprob: -0.5 }];
      const shown = logprobs === undefined ? null : [{ token: "a", logprob: -0.5, top }];
      return { text: device, finish: "stop", tokensIn: 1, tokensOut: 1, logprobs: shown };
    },
    countTokens: async () => 1,
    release: () => {},
  };
}

test("P8 a language model whose device dies answers on the next one, but never says the beginning twice", async () => {
  const request = { messages: [], maxTokens: 5 };
  const ask = async (diesAfter: string | null) => {
    const checked = { has: () => false, add: () => {} };
    const model = new LanguageModelOnDevices({ make: (device) => speaking(device, diesAfter), plan: both, checked });
    const heard: string[] = [];
    const made = model
      .generate(request, NEVER, (delta) => void heard.push(delta))
      .then(
        ({ text }) => text,
        (error: unknown) => (error as EngineError).code,
      );
    return { result: await made, heard, next: (await model.generate(request, NEVER)).text };
  };
  expect(await ask(null)).toEqual({ result: "webgpu", heard: ["webgpu"], next: "webgpu" });
  expect(await ask("")).toEqual({ result: "wasm", heard: ["wasm"], next: "wasm" });
  expect(await ask("I")).toEqual({ result: "WORKER_CRASHED", heard: ["I"], next: "wasm" });
});
