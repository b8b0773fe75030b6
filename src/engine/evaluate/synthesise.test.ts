import { beforeEach, expect, it } from "vitest";
import { EngineError, toEngineError } from "#core/base/errors.ts";
import { openChunks, plannedSet } from "#core/evaluate/synthetic/plan.ts";
import { drawPassages } from "#core/evaluate/synthetic/passages.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import type { Chunk, ChunkId, DocumentId } from "#core/model.ts";
import { ScriptedModel } from "../testing/scripted-model.ts";
import { synthesise, type SynthesisProgress } from "./synthesise.ts";

const NEVER = new AbortController().signal;
const letters = "abcdefghijkl";
const chunks = new Map<ChunkId, Chunk>(
  Array.from(letters, (letter, i) => {
    const chunk: Chunk = {
      id: `c:${i}` as ChunkId,
      documentId: "a".repeat(64) as DocumentId,
      ordinal: i,
      start: 1000 * i,
      end: 1000 * i + 900,
      firstPage: 0,
      lastPage: 0,
      headings: [],
      text: Array.from({ length: 40 }, (_, word) => `${letter}${letters[word % 12]!}pump`).join(" "),
      tokens: 40,
    };
    return [chunk.id, chunk];
  }),
);

let sets: Map<string, QuestionSet>;
let model: ScriptedModel;
const evaluations = {
  getSet: (id: string) => Promise.resolve(sets.get(id)),
  putSet: (set: QuestionSet) => Promise.resolve(void sets.set(set.id, set)),
};

beforeEach(() => {
  sets = new Map();
  const drawn = drawPassages(chunks.values(), 6, 1);
  const set = plannedSet(drawn.chunks, { id: "s", name: "S", madeAt: 1, seed: 1, perChunk: 2 });
  sets.set("s", set);
  model = new ScriptedModel();
  model.say = (_, number) =>
    `Here are 2 questions:\n1. What is said of item ${number}?\n2. Why does item ${number} matter?`;
});

async function run(signal: AbortSignal = NEVER): Promise<{ code: string | null; seen: SynthesisProgress[] }> {
  const seen: SynthesisProgress[] = [];
  const code = await synthesise({ model, chunks, evaluations, onSaved: () => {} }, "s", signal, (now) =>
    seen.push(now),
  ).then(
    () => null,
    (thrown: unknown) => toEngineError(thrown).code,
  );
  return { code, seen };
}

it("Q9 every planned passage is asked once, its span is the target, and who wrote is said", async () => {
  const { code, seen } = await run();
  expect(code).toBeNull();
  const set = sets.get("s")!;
  expect(set.questions).toHaveLength(12);
  expect(set.questions[0]).toMatchObject({ text: "What is said of item 1?", targets: [{ kind: "passage", grade: 1 }] });
  expect(set.synthetic?.models).toEqual([{ id: "scripted", host: "localhost:1" }]);
  expect(openChunks(set)).toEqual([]);
  expect(seen.at(-1)).toEqual({ done: 6, of: 6, questions: 12, fewer: 0, failed: 0 });
});

it("Q9 a stop keeps what came, and the next run asks for the rest only", async () => {
  const controller = new AbortController();
  const say = model.say!;
  model.say = (request, number) => {
    if (number === 3) controller.abort();
    return say(request, number);
  };
  expect((await run(controller.signal)).code).toBe("CANCELLED");
  expect(openChunks(sets.get("s")!)).toHaveLength(3);
  expect(sets.get("s")!.questions).toHaveLength(6);
  model.say = say;
  expect((await run()).code).toBeNull();
  expect(model.asked).toHaveLength(6);
  expect(sets.get("s")!.questions).toHaveLength(12);
});

it("Q9 a failed call leaves its passage open; five in a row end the run with the reason", async () => {
  const say = model.say!;
  model.say = (request, number) => {
    if (number === 2) throw new EngineError("ENDPOINT_TIMEOUT", "");
    return say(request, number);
  };
  expect((await run()).seen.at(-1)).toMatchObject({ done: 5, of: 6, failed: 1 });
  expect(openChunks(sets.get("s")!)).toHaveLength(1);
  model.say = () => {
    throw new EngineError("ENDPOINT_BUSY", "");
  };
  sets.set("s", {
    ...sets.get("s")!,
    synthetic: { ...sets.get("s")!.synthetic!, chunks: drawPassages(chunks.values(), 9, 2).chunks },
  });
  const asked = model.asked.length;
  expect((await run()).code).toBe("ENDPOINT_BUSY");
  expect(model.asked.length - asked).toBe(5);
});

it("Q9 edits that were made meanwhile stay; a set that was deleted is not brought back", async () => {
  const say = model.say!;
  model.say = (request, number) => {
    if (number === 4) sets.delete("s");
    return say(request, number);
  };
  expect((await run()).code).toBe("CANCELLED");
  expect(sets.size).toBe(0);
});

it("a passage that does not fit the model's context is cut, not left out", async () => {
  model.context = 420;
  expect((await run()).code).toBeNull();
  expect(sets.get("s")!.questions).toHaveLength(12);
});
