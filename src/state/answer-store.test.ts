import { expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { BUNDLED, DEFAULT_SETTINGS, OFF, type Candidate, type Chunk, type ChunkId } from "#core/model.ts";
import { Courtesy } from "#engine/courtesy.ts";
import { FakeReranker } from "#engine/testing/fakes.ts";
import { ScriptedLanguageModel } from "#engine/testing/scripted-language-model.ts";
import { answerFloor, createAnswerStore } from "./answer-store.ts";
import type { SearchStore } from "./search-store.ts";
import type { SearchResult, SearchView } from "./view.ts";

const candidate = (id: string, rank: number) => ({ chunkId: id as ChunkId, rank }) as Candidate;
const chunk = (id: string, text: string) => ({ id: id as ChunkId, text, headings: [], tokens: 3 }) as unknown as Chunk;
const [A, B] = [candidate("a", 1), candidate("b", 2)];
const stamp = { id: "second-look-rerank-match-v0", revision: "1", dtype: "q8", device: "wasm" } as const;

function open(
  model: ScriptedLanguageModel | null,
  logits: [number | null, number | null] = [5, 7],
  reranker = BUNDLED,
) {
  const settings = { ...DEFAULT_SETTINGS, top: 1, reranker };
  const result = {
    query: "q",
    settings,
    before: [A, B],
    after: [
      { candidate: B, logit: logits[1], rank: 1, delta: 1 },
      { candidate: A, logit: logits[0], rank: 2, delta: -1 },
    ],
    chunks: new Map([
      ["a", chunk("a", "Alpha is 1.")],
      ["b", chunk("b", "Beta is 2.")],
    ]),
    reranker: stamp,
  } as unknown as SearchResult;
  const search = createStore(
    () => ({ query: "q", settings, phase: "done", result, error: null }) as unknown as SearchView,
  );
  const store = createAnswerStore({
    search: search as unknown as SearchStore,
    rerankers: new Map([[BUNDLED, new FakeReranker()]]),
    languageModel: () => model,
    courtesy: new Courtesy(),
  });
  return { store, search, settled: () => vi.waitFor(() => expect(store.getState().running).toBeNull()) };
}

test("A10 both sides are answered one after the other, each from its own list", async () => {
  const model = new ScriptedLanguageModel(["Alpha [1].", "Beta [1]."]);
  const { store, settled } = open(model);
  store.getState().ask("both");
  expect(store.getState().running).toBe("before");
  await settled();
  const { before, after } = store.getState();
  expect(model.mostAtOnce).toBe(1);
  expect([before, after].map((it) => it?.passages.map(({ chunkId }) => chunkId))).toEqual([["a"], ["b"]]);
  expect([before?.phase, after?.phase]).toEqual(["done", "done"]);
});

test("A10 a stop ends both sides and keeps what came; asked again, the call before ends first", async () => {
  const model = new ScriptedLanguageModel(["Alpha is long [1].", "Second [1]."]);
  const { store, settled } = open(model);
  model.beforePiece = (at) => at === 6 && store.getState().stop();
  store.getState().ask("both");
  await settled();
  expect(store.getState().before).toMatchObject({ phase: "stopped", segments: [{ text: "Alpha " }] });
  expect(store.getState().after).toBeNull();
  model.beforePiece = () => {};
  store.getState().ask("after");
  store.getState().ask("after");
  await settled();
  expect(model.mostAtOnce).toBe(1);
  expect(store.getState().before?.phase).toBe("stopped");
});

test("A10 another question, other settings: the answers are of another result, and go", async () => {
  const { store, search, settled } = open(new ScriptedLanguageModel(["Alpha [1].", "Beta [1]."]));
  store.getState().ask("both");
  await settled();
  search.setState({ phase: "stopped" });
  expect(store.getState().before).not.toBeNull();
  search.setState({ settings: { ...DEFAULT_SETTINGS, pool: 9 } });
  expect(store.getState()).toMatchObject({ before: null, after: null, running: null });
});

test("A7 A8 the floor is the re-ranker's own until somebody sets another; both sides are held to logits", async () => {
  const { store, settled } = open(null, [1, 7]);
  store.getState().ask("both");
  await settled();
  expect([store.getState().before?.kind, store.getState().after?.kind]).toEqual(["refused", "extractive"]);
  store.getState().setFloor(8);
  store.getState().ask("after");
  await settled();
  expect(store.getState().after).toMatchObject({ kind: "refused", floor: { floor: 8, best: 7 } });
  store.getState().setFloor(Number.NaN);
  expect(answerFloor(store.getState().floor, null)).toBeNull();
  store.getState().setN(99);
  expect(store.getState().n).toBe(20);
});

test("A1 with the re-ranker off there is one list, and one answer", async () => {
  const { store, settled } = open(new ScriptedLanguageModel(["Alpha [1]."]), [null, null], OFF);
  store.getState().ask("both");
  await settled();
  expect([store.getState().before?.kind, store.getState().after]).toEqual(["generated", null]);
});
