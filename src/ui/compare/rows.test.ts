import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate, ChunkId, DocumentId, Ranked } from "#core/model.ts";
import { rowsOf, sortingStage } from "./rows.ts";

/** "c a b" over "a b c": the order after; the order before is the alphabet. A trailing "?" = not scored. */
function pool(drawing: string): Ranked[] {
  return drawing.split(" ").map((name, index): Ranked => {
    const letter = name.charAt(0);
    const rank = letter.charCodeAt(0) - 96;
    const candidate: Candidate = {
      chunkId: letter as ChunkId,
      documentId: "d" as DocumentId,
      rank,
      dense: { score: 1 / rank, rank },
      keyword: null,
      fused: { score: 0.1 / rank, rank },
    };
    return { candidate, logit: name.endsWith("?") ? null : 10 - index, rank: index + 1, delta: rank - index - 1 };
  });
}

const input = { top: 2, stage: "fused" as const, showsAll: false, kept: new Set<string>(), settled: true };
const draw = (drawing: string, over: Partial<typeof input> = {}) => {
  const rows = rowsOf({ ...input, ...over, after: pool(drawing) });
  const side = ({ top, below, hidden }: (typeof rows)["before"]) => {
    const list = (part: typeof top) => part.map(({ ranked, rank }) => `${ranked.candidate.chunkId}${rank}`).join(" ");
    return `${list(top)} | ${list(below)} | ${hidden}`;
  };
  return [side(rows.before), side(rows.after)];
};

describe("rows", () => {
  it("L1 the top of each side, and below the cut what came from outside or left", () => {
    expect(draw("e a c b d")).toEqual(["a1 b2 | e5 | 2", "e1 a2 | b4 | 2"]);
    expect(draw("b a c d")).toEqual(["a1 b2 |  | 2", "b1 a2 |  | 2"]);
  });
  it("L2 showing all hides nothing", () => {
    expect(draw("c a b", { showsAll: true })).toEqual(["a1 b2 | c3 | 0", "c1 a2 | b3 | 0"]);
  });
  it("L3 a kept row stays on both sides", () => {
    expect(draw("a b c d", { kept: new Set(["d"]) })).toEqual(["a1 b2 | d4 | 1", "a1 b2 | d4 | 1"]);
  });
  it("L4 entered and left are said; what waits for its score did neither", () => {
    const crossings = (drawing: string, settled: boolean) =>
      rowsOf({ ...input, settled, after: pool(drawing), showsAll: true })
        .before.top.concat(rowsOf({ ...input, settled, after: pool(drawing), showsAll: true }).before.below)
        .map(({ crossing }) => crossing);
    expect(crossings("c a b", true)).toEqual([null, "left", "entered"]);
    expect(crossings("c a b?", false)).toEqual([null, null, "entered"]);
    expect(crossings("c a b?", true)).toEqual([null, "left", "entered"]);
  });
  it("L5 each side has its own sorting score", () => {
    const { before, after } = rowsOf({ ...input, after: pool("b a?") });
    expect(before.top.map(({ score }) => score)).toEqual([0.1, 0.05]);
    expect(after.top.map(({ score }) => score)).toEqual([10, null]);
  });
  it("L6 both sides hold the pool: nothing lost, nothing twice, ranks in order", () => {
    const letters = "abcdefghij".split("");
    fc.assert(
      fc.property(
        fc.shuffledSubarray(letters, { minLength: 10 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (order, top, showsAll) => {
          const rows = rowsOf({ ...input, top, showsAll, after: pool(order.join(" ")) });
          for (const side of [rows.before, rows.after]) {
            const shown = [...side.top, ...side.below];
            expect(shown.length + side.hidden).toBe(10);
            expect(new Set(shown.map(({ ranked }) => ranked.candidate.chunkId)).size).toBe(shown.length);
            expect(shown.map(({ rank }) => rank)).toEqual(shown.map(({ rank }) => rank).toSorted((a, b) => a - b));
            expect(side.top).toHaveLength(Math.min(top, 10));
          }
        },
      ),
      { seed: 9, numRuns: 200 },
    );
  });
  it("L7 the sorting stage gives way where it said nothing", () => {
    const before = pool("a b").map(({ candidate }) => candidate);
    const keywordOnly = before.map((candidate) => ({
      ...candidate,
      dense: null,
      fused: null,
      keyword: { score: 1, rank: 1 },
    }));
    expect(sortingStage(before, "dense")).toBe("dense");
    expect(sortingStage(keywordOnly, "fused")).toBe("keyword");
    expect(sortingStage([], "fused")).toBe("fused");
  });
});
