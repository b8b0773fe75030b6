import { describe, expect, it } from "vitest";
import {
  type Candidate,
  type ChunkId,
  DEFAULT_SETTINGS,
  type DocumentId,
  type Fallback,
  type Verdict,
} from "#core/model.ts";
import type { SearchResult } from "#state/view.ts";
import { movedSentence, timingLine, verdictWords } from "./verdict.ts";

const id = (text: string) => text as ChunkId;
const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  top: 5,
  pool: 30,
  scored: 30,
  changedInTop: 3,
  enteredTop: 1,
  leftTop: 1,
  bestJump: { chunkId: id("c"), from: 17, to: 1 },
  kendallTau: 0.4126,
  noSignal: null,
  ...over,
});
const candidate: Candidate = {
  chunkId: id("c"),
  documentId: "d" as DocumentId,
  rank: 1,
  dense: null,
  keyword: { score: 2, rank: 1 },
  fused: null,
};
const result = (over: Partial<SearchResult> = {}): SearchResult => ({
  query: "q",
  settings: DEFAULT_SETTINGS,
  before: [candidate],
  after: [],
  chunks: new Map(),
  documents: new Map(),
  searched: 273,
  loading: null,
  first: null,
  settled: null,
  windows: new Map(),
  scale: "logit",
  run: null,
  api: null,
  progress: { scored: 30, reused: 12, of: 30 },
  verdict: verdict(),
  timing: { embed: 1.5, retrieve: 4.5, rerank: 412 },
  embedder: null,
  reranker: null,
  fallbacks: [],
  ...over,
});

describe("the verdict", () => {
  it.each([
    [verdict(), "3 of your top 5 changed; the best jump is #17 to #1."],
    [verdict({ changedInTop: 5 }), "All of your top 5 changed; the best jump is #17 to #1."],
    [
      verdict({ changedInTop: 0, enteredTop: 0, bestJump: null }),
      "Your top 5 stay as they were; only lower ranks changed.",
    ],
    [verdict({ enteredTop: 0, bestJump: null, changedInTop: 2 }), "The same 5 stay on top in another order."],
    [verdict({ top: 1, changedInTop: 1 }), "Your top result changed: it was #17 before."],
    [verdict({ top: 1, changedInTop: 0, enteredTop: 0, bestJump: null }), "Your top result stays the same."],
  ])("V1 what moved: %#", (facts, sentence) => expect(movedSentence(facts)).toBe(sentence));

  it.each(["all-scores-equal", "order-unchanged", "nothing-scored"] as const)(
    "R5 %s is a warning in words",
    (noSignal) => {
      const words = verdictWords("done", result({ verdict: verdict({ noSignal }) }));
      expect(words?.tone).toBe("warn");
      expect(words?.sentence).toMatch(/nothing/i);
    },
  );

  it.each<Fallback["what"]>(["index", "embedder", "query-language", "reranker"])(
    "R5 a fallback (%s) is a warning in words",
    (what) => {
      const words = verdictWords("done", result({ fallbacks: [{ what, error: null }] }));
      expect(words?.tone).toBe("warn");
      expect(words?.notes).toHaveLength(1);
    },
  );

  it("R3 a stop says how far it got, and what moved so far", () => {
    const words = verdictWords("stopped", result({ verdict: verdict({ scored: 12 }) }));
    expect(words?.sentence).toBe("Stopped at 12 of 30: the rest keeps its order.");
    expect(words?.notes).toEqual(["3 of your top 5 changed; the best jump is #17 to #1."]);
  });

  it("V2 a plain verdict has no warning and no notes", () => {
    expect(verdictWords("done", result())).toEqual({ tone: "plain", sentence: movedSentence(verdict()), notes: [] });
  });

  it("V3 the re-ranker off is said, and no verdict is made up", () => {
    const off = result({
      settings: { ...DEFAULT_SETTINGS, reranker: "off" },
      verdict: null,
      progress: { scored: 0, reused: 0, of: 0 },
    });
    expect(verdictWords("done", off)?.sentence).toBe("Re-ranking is off: 1 chunk in the order of retrieval.");
    expect(timingLine(off)).toBe("retrieval 6 ms over 273 chunks");
  });

  it("V4 nothing found is said with what to do", () => {
    const settings = { ...DEFAULT_SETTINGS, retrieval: "keyword" as const };
    const words = verdictWords("done", result({ settings, before: [] }));
    expect(words?.sentence).toBe("None of the 273 chunks matches.");
    expect(words?.notes[0]).toContain("Dense or Fused");
    expect(verdictWords("done", result({ before: [], searched: 0 }))?.sentence).toContain("nothing to search");
  });

  it("V5 before the first question there is nothing to say", () => {
    expect(verdictWords("idle", null)).toBeNull();
    expect(verdictWords("failed", null)).toBeNull();
  });

  it("V6 the second line: τ, times, how many, how many reused", () => {
    expect(timingLine(result())).toBe(
      "Kendall τ 0.41 · retrieval 6 ms over 273 chunks · re-ranking 30 of 30 in 0.4 s (12 reused)",
    );
  });
});

describe("what ran where, and how much of it", () => {
  const wrong = { what: "device" as const, error: { code: "DEVICE_WRONG_NUMBERS" as const, facts: {}, detail: "" } };
  const lost = { what: "device" as const, error: { code: "DEVICE_LOST" as const, facts: {}, detail: "" } };

  it("P7 a GPU that gave wrong numbers, or stopped, is said in amber beside what moved", () => {
    const words = verdictWords("done", result({ fallbacks: [wrong] }));
    expect(words?.tone).toBe("warn");
    expect(words?.notes).toEqual([
      "The re-ranker ran on the processor, not on the GPU. In its self-test the GPU gave wrong numbers.",
    ]);
    expect(verdictWords("done", result({ fallbacks: [lost] }))?.notes[0]).toContain("stopped working");
  });

  it("Y6 Y7 a fast and a two-stage re-ranking say what they left out, and that is no warning", () => {
    const fast = verdictWords("done", result({ settled: 18, before: Array.from({ length: 30 }, () => candidate) }));
    expect(fast?.tone).toBe("plain");
    expect(fast?.notes[0]).toContain("after 18 of 30");
    const reranker = { id: "Xenova/bge-reranker-base", revision: "1", dtype: "q8" as const, device: "wasm" as const };
    const before = Array.from({ length: 30 }, () => candidate);
    const two = verdictWords("done", result({ reranker, before, first: { stamp: null, logits: new Map() } }));
    expect(two?.notes).toEqual(["Cascade: the bundled re-ranker scored 30, bge-reranker-base its best 10."]);
  });
});
