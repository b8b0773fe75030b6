import { expect, test } from "vitest";
import type { LanguageModel } from "#core/llm/port.ts";
import type { ChunkId, Device } from "#core/model.ts";
import type { OnScores, Reranker } from "#core/ports.ts";
import { RerankerOnDevices } from "#engine/devices/reranker-on-devices.ts";
import { LanguageModelOnDevices } from "#engine/devices/language-model-on-devices.ts";
import { embedClient } from "#workers/embed/embed.client.ts";
import { llmClient } from "#workers/llm/llm.client.ts";
import { rerankClient } from "#workers/rerank/rerank.client.ts";

/**
 * Real workers on the devices of this machine. Chromium is started with a WebGPU adapter that the processor plays, so
 * that each test runs a handful of tokens only: compiling the shaders alone takes seconds.
 */
const SITE = new URL("/src/workers/model/testing/site/", location.href).href;
const SIGNAL = new AbortController().signal;

interface GoldenPair {
  readonly query: string;
  readonly passage: string;
  readonly logit: number;
}

async function golden<T>(model: string): Promise<T> {
  return (await (await fetch(new URL(`models/${model}/golden.json`, SITE))).json()) as T;
}

async function score(reranker: Reranker, pairs: readonly GoldenPair[]): Promise<number[]> {
  const scores = pairs.map(() => Number.NaN);
  const onScores: OnScores = ({ ids, logits }) => ids.forEach((id, i) => (scores[Number(id)] = logits[i]!));
  const passages = pairs.map(({ passage }, i) => ({ id: String(i) as ChunkId, text: passage }));
  await reranker.score(pairs[0]!.query, passages, SIGNAL, onScores);
  return scores;
}

const memory = () => new Set<string>();
const both = async (): Promise<readonly Device[]> => ["webgpu", "wasm"];

/** A device that computes something else: each score a little off, in whatever direction. */
function wrong(reranker: Reranker): Reranker {
  return {
    release: () => reranker.release(),
    load: async (...args) => {
      const report = await reranker.load(...args);
      return { ...report, goldenError: null, stamp: { ...report.stamp, device: "webgpu" } };
    },
    score: (query, passages, signal, onScores) =>
      reranker.score(query, passages, signal, ({ ids, logits }) =>
        onScores({ ids, logits: logits.map((logit, i) => logit + (i % 2 === 0 ? 4 : -4)) }),
      ),
  };
}

/** As a model that came without golden values; `seen` keeps what its worker found. */
function unknown(reranker: Reranker, seen: (number | null)[]): Reranker {
  return {
    release: () => reranker.release(),
    score: (...args) => reranker.score(...args),
    load: async (...args) => {
      const report = await reranker.load(...args);
      seen.push(report.goldenError);
      return { ...report, goldenError: null };
    },
  };
}

test("P5 P6 WebGPU gives PyTorch's logits; without golden values WASM is asked too, once for this machine", async () => {
  const seen: (number | null)[] = [];
  const make = (device: Device) => unknown(rerankClient({ site: SITE, model: "tiny-bert-logit", device }), seen);
  const checked = memory();
  const reranker = new RerankerOnDevices({ make, plan: both, checked });
  const report = await reranker.load(SIGNAL, () => {});
  expect(report).toMatchObject({ stamp: { device: "webgpu" }, fallback: null });
  // Its worker held the golden pairs against PyTorch's numbers: within 1e-4, or it would not have loaded.
  expect(seen[0]).toBeLessThan(1e-4);
  expect([...checked].join()).toContain("tiny-bert-logit");
  reranker.release();
});

test("P6 an embedding model on WebGPU gives PyTorch's vectors", async () => {
  const embedder = embedClient({ site: SITE, model: "tiny-bert-mean", device: "webgpu" });
  const report = await embedder.load(SIGNAL, () => {});
  expect(report.stamp.device).toBe("webgpu");
  expect(report.goldenError).toBeLessThan(1e-4);
  embedder.release();
});

test("P7 a device that gives wrong numbers is left for WASM, and the report says why", async () => {
  const wasm = () => rerankClient({ site: SITE, model: "tiny-bert-logit" });
  const checked = memory();
  const make = (device: Device) => (device === "webgpu" ? wrong(wasm()) : wasm());
  const reranker = new RerankerOnDevices({ make, plan: both, checked });
  const report = await reranker.load(SIGNAL, () => {});
  expect(report.stamp.device).toBe("wasm");
  expect(report.fallback?.code).toBe("DEVICE_WRONG_NUMBERS");
  expect(checked.size).toBe(0);
  const pairs = await golden<GoldenPair[]>("tiny-bert-logit");
  const scores = await score(reranker, pairs);
  pairs.forEach(({ logit }, i) => expect(Math.abs(scores[i]! - logit)).toBeLessThan(0.01));
  reranker.release();
});

test("P8 a device that cannot load, or dies later, is left too; a missing model is no fault of the device", async () => {
  const make = (device: Device): Reranker =>
    device === "webgpu"
      ? { load: async () => Promise.reject(new Error("device is lost")), score: async () => {}, release: () => {} }
      : rerankClient({ site: SITE, model: "tiny-bert-logit" });
  const reranker = new RerankerOnDevices({ make, plan: both, checked: memory() });
  expect(await reranker.load(SIGNAL, () => {})).toMatchObject({
    stamp: { device: "wasm" },
    fallback: { code: "DEVICE_LOST" },
  });
  reranker.release();
  const absent = new RerankerOnDevices({
    make: (device) => rerankClient({ site: SITE, model: "tiny-absent", device }),
    plan: both,
    checked: memory(),
  });
  await expect(absent.load(SIGNAL, () => {})).rejects.toMatchObject({ code: "MODEL_MISSING" });
});

test("P6 P7 a language model is held against WASM by its first word, once; one that differs runs on WASM", async () => {
  const make = (device: Device) => llmClient({ site: SITE, model: "tiny-generator", device });
  const checked = memory();
  const model = new LanguageModelOnDevices({ make, plan: both, checked });
  const messages = [{ role: "user" as const, content: "pump" }];
  // Without a load before it: the check is made all the same.
  expect(await model.countTokens(messages)).toBeGreaterThan(4);
  expect(await model.load(SIGNAL, () => {})).toMatchObject({ stamp: { device: "webgpu" }, fallback: null });
  expect([...checked].join()).toContain("tiny-generator");
  model.release();

  const other = (device: Device): LanguageModel => {
    const port = make("wasm");
    return {
      ...port,
      load: async (...args) => {
        const report = await port.load(...args);
        return { ...report, stamp: { ...report.stamp, device } };
      },
      generate: async (request, ...args) =>
        port.generate({ ...request, messages: device === "wasm" ? request.messages : messages }, ...args),
    };
  };
  const wrongOne = new LanguageModelOnDevices({ make: other, plan: both, checked: memory() });
  expect(await wrongOne.load(SIGNAL, () => {})).toMatchObject({
    stamp: { device: "wasm" },
    fallback: { code: "DEVICE_WRONG_NUMBERS" },
  });
  wrongOne.release();
});
