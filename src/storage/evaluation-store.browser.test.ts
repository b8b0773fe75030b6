import { deleteDB, openDB } from "idb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { memoryEvaluations } from "#core/evaluate/memory-store.ts";
import type { Cell, EvaluationRun, Question, QuestionSet } from "#core/evaluate/model.ts";
import type { Candidate, ChunkId, DocumentId, ModelStamp } from "#core/model.ts";
import type { EvaluationStore, RetrievalOf } from "#core/ports.ts";
import { openEvaluationStore } from "./evaluation-store.ts";

const RERANKER: ModelStamp = { id: "r", revision: "1", dtype: "q8", device: "wasm" };
const EMBEDDER: ModelStamp = { id: "e", revision: "1", dtype: "q8", device: "wasm" };
const DOCUMENT = "ab".repeat(32) as DocumentId;

let name = "";
let opened: EvaluationStore[] = [];

async function open(): Promise<EvaluationStore> {
  if (name === "") name = `test-${crypto.randomUUID()}`;
  const store = await openEvaluationStore(name);
  opened.push(store);
  return store;
}

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const store of opened) store.close();
  opened = [];
  if (name !== "") await deleteDB(`${name}:evaluation`);
  name = "";
});

function setOf(id: string, madeAt = 1): QuestionSet {
  const target = { kind: "document", documentId: DOCUMENT, grade: 1 } as const;
  const questions: Question[] = [{ id: "q1", text: "which?", targets: [target] }];
  return { id, name: `Set ${id}`, origin: "judged", level: "document", questions, madeAt, masked: [] };
}

function runOf(set: QuestionSet, corpusKey = "c"): EvaluationRun {
  const cell: Cell = { key: "off", retrieval: "dense", embedder: "e", reranker: "off", pool: 3 };
  const outcome = { questionId: "q1", items: [DOCUMENT], chunks: ["x:0" as ChunkId], scores: [Number.NaN] };
  return {
    set,
    grid: { retrieval: ["dense"], embedders: ["e"], rerankers: [], pools: [3] },
    grades: new Map([["q1", new Map([[DOCUMENT as string, 1]])]]),
    cells: [
      {
        cell,
        embedder: EMBEDDER,
        reranker: null,
        outcomes: [{ ...outcome, ranks: [1], milliseconds: null, fallback: null }],
      },
    ],
    corpusKey,
    corpus: { documents: 1, chunks: 1 },
    startedAt: 5,
    finished: false,
  };
}

const CANDIDATES: Candidate[] = Array.from({ length: 200 }, (_, i) => ({
  chunkId: `abab:${i}` as ChunkId,
  documentId: (i % 3 === 0 ? DOCUMENT : "cd".repeat(32)) as DocumentId,
  rank: i + 1,
  dense: i % 2 === 0 ? { score: 1 / (i + 7), rank: i + 1 } : null,
  keyword: i % 5 === 0 ? { score: 0, rank: null } : null,
  fused: { score: Math.PI / (i + 1), rank: i + 1 },
}));

function retrievalOf(query: string, corpusKey = "c"): RetrievalOf {
  return { corpusKey, mode: "fused", engine: "exact", embedder: EMBEDDER, query };
}

const KINDS: Record<string, () => Promise<EvaluationStore>> = {
  "in IndexedDB": open,
  "in memory": async () => memoryEvaluations(),
};

describe.each(Object.entries(KINDS))("%s", (kind, make) => {
  /** The same data through a new connection, where there is one. */
  const again = (store: EvaluationStore): Promise<EvaluationStore> =>
    kind === "in memory" ? Promise.resolve(store) : open();

  test("E1 question sets come back equal, newest first, and go", async () => {
    const store = await make();
    const [old, young] = [setOf("a", 1), setOf("b", 2)];
    await store.putSet(old);
    await store.putSet(young);
    await store.putSet({ ...old, name: "renamed" });
    const other = await again(store);
    expect(await other.listSets()).toEqual([young, { ...old, name: "renamed" }]);
    expect(await other.getSet("b")).toEqual(young);
    await other.saveRun(runOf(young));
    await other.deleteSet("b");
    expect((await other.listSets()).map(({ id }) => id)).toEqual(["a"]);
    expect(await other.lastRun("b")).toBeUndefined();
    expect(await other.getSet("nobody")).toBeUndefined();
  });

  test("E2 scores of one question add up, over calls at once too; NaN stays NaN", async () => {
    const store = await make();
    const of = { reranker: RERANKER, query: "which?" };
    expect(await store.scores(of)).toEqual(new Map());
    await Promise.all([
      store.addScores(of, new Map([["p1", 1.5]])),
      store.addScores(of, new Map([["p2", Number.NaN]])),
      store.addScores(
        of,
        new Map([
          ["p3", Math.fround(-0.1)],
          ["p1", 2.5],
        ]),
      ),
    ]);
    const known = await (await again(store)).scores(of);
    expect(known.get("p1")).toBe(2.5);
    expect(known.get("p2")).toBeNaN();
    expect(known.get("p3")).toBe(Math.fround(-0.1));
    expect((await store.report()).scores).toBe(3);
  });

  test("E3 scores belong to their model as it ran and to their question (rule R4)", async () => {
    const store = await make();
    await store.addScores({ reranker: RERANKER, query: "a" }, new Map([["p", 1]]));
    const others: ModelStamp[] = [
      { ...RERANKER, id: "s" },
      { ...RERANKER, revision: "2" },
      { ...RERANKER, dtype: "fp32" },
      { ...RERANKER, device: "webgpu" },
    ];
    for (const reranker of others) expect((await store.scores({ reranker, query: "a" })).size).toBe(0);
    expect((await store.scores({ reranker: RERANKER, query: "b" })).size).toBe(0);
    expect((await store.scores({ reranker: RERANKER, query: "a" })).size).toBe(1);
  });

  test("E4 a retrieval comes back bit by bit, under everything it depends on", async () => {
    const store = await make();
    const record = { candidates: CANDIDATES, depth: 200, queryRead: true };
    await store.putRetrieval(retrievalOf("a"), record);
    await store.putRetrieval(retrievalOf("none"), { candidates: [], depth: 5, queryRead: false });
    const other = await again(store);
    expect(await other.retrieval(retrievalOf("a"))).toEqual(record);
    expect(await other.retrieval(retrievalOf("none"))).toEqual({ candidates: [], depth: 5, queryRead: false });
    const wrong: RetrievalOf[] = [
      retrievalOf("b"),
      retrievalOf("a", "d"),
      { ...retrievalOf("a"), mode: "dense" },
      { ...retrievalOf("a"), engine: "voy" },
      { ...retrievalOf("a"), embedder: { ...EMBEDDER, revision: "2" } },
    ];
    for (const of of wrong) expect(await other.retrieval(of)).toBeUndefined();
  });

  test("E5 the last run of a set, or of all, comes back whole; the newest ten sets keep theirs", async () => {
    const store = await make();
    expect(await store.lastRun(null)).toBeUndefined();
    for (let i = 0; i < 12; i += 1) await store.saveRun(runOf(setOf(`s${i}`)));
    const last = runOf(setOf("s5"), "later");
    await store.saveRun(last);
    const other = await again(store);
    expect(await other.lastRun(null)).toEqual(last);
    expect(await other.lastRun("s11")).toEqual(runOf(setOf("s11")));
    expect(await other.lastRun("s0")).toBeUndefined();
    expect((await other.report()).runs).toBe(10);
  });

  test("E6 clearing forgets what was computed, and question sets only when told to", async () => {
    const store = await make();
    await store.putSet(setOf("a"));
    await store.addScores({ reranker: RERANKER, query: "a" }, new Map([["p", 1]]));
    await store.putRetrieval(retrievalOf("a"), { candidates: CANDIDATES, depth: 200, queryRead: true });
    await store.saveRun(runOf(setOf("a")));
    await store.putRate("reranker", "r", { stamp: RERANKER, perSecond: 7 });
    expect(await store.rate("reranker", "r")).toEqual({ stamp: RERANKER, perSecond: 7 });
    expect(await store.rate("embedder", "r")).toBeUndefined();
    await store.clear(false);
    expect(await store.report()).toMatchObject({ scores: 0, runs: 0, sets: 1 });
    expect(await store.retrieval(retrievalOf("a"))).toBeUndefined();
    expect(await store.rate("reranker", "r")).toBeUndefined();
    await store.clear(true);
    expect(await store.listSets()).toEqual([]);
  });
});

test("E7 where no database opens, it lives in memory and says why", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no storage here", "SecurityError");
    },
  });
  const store = await openEvaluationStore("anything");
  expect(store.unavailable).toMatchObject({ code: "STORE_BROKEN" });
  await store.putSet(setOf("a"));
  expect(await store.listSets()).toEqual([setOf("a")]);
});

test("E8 a database of a newer version is not touched, and stood in for", async () => {
  const first = await open();
  await first.putSet(setOf("a"));
  first.close();
  (await openDB(`${name}:evaluation`, 99)).close();
  const store = await open();
  expect(store.unavailable).toMatchObject({ code: "STORE_BLOCKED" });
  expect(await store.listSets()).toEqual([]);
});

test("E9 retrievals of corpora that were not used for long go with their bytes", async () => {
  const store = await open();
  const record = { candidates: CANDIDATES, depth: 200, queryRead: true };
  for (let i = 0; i < 8; i += 1) await store.putRetrieval(retrievalOf("a", `corpus ${i}`), record);
  const kept = await Promise.all(Array.from({ length: 8 }, (_, i) => store.retrieval(retrievalOf("a", `corpus ${i}`))));
  expect(kept.filter((one) => one !== undefined)).toHaveLength(6);
  expect(kept[7]).toEqual(record);
  const { bytes } = await store.report();
  await store.putRetrieval(retrievalOf("a", "corpus 7"), record);
  expect((await store.report()).bytes).toBe(bytes);
});

test("E10 1,000 questions of 200 passages are one value each", async () => {
  const store = await open();
  const scores = new Map(Array.from({ length: 200 }, (_, i) => [`0123456789abcdef${i}`, i / 3] as const));
  for (let i = 0; i < 1_000; i += 1) await store.addScores({ reranker: RERANKER, query: `q${i}` }, scores);
  expect(await store.scores({ reranker: RERANKER, query: "q999" })).toEqual(
    new Map([...scores].map(([key, logit]) => [key, Math.fround(logit)])),
  );
  const { bytes, scores: count } = await store.report();
  expect(count).toBe(200_000);
  expect(bytes).toBeLessThan(6_000_000);
  const database = await openDB(`${name}:evaluation`);
  expect(await database.count("scores")).toBe(1_000);
  database.close();
});
