import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Candidate, ChunkId, DocumentId, RetrievalMode } from "#core/model.ts";
import { FUSION_DEPTH } from "./fusion.ts";
import { rankRows } from "./ranking.ts";
import { candidates, keywordStage, type SearchedDocument } from "./retrieve.ts";

// Thousands of random cases; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

function library(...sizes: number[]): SearchedDocument[] {
  return sizes.map((size, d) => ({
    id: `d${d}` as DocumentId,
    chunkIds: Array.from({ length: size }, (_, c) => `d${d}:${c}` as ChunkId),
  }));
}

const stages = (dense: readonly number[] | null, keyword: readonly number[]) => ({
  dense: dense === null ? null : rankRows(Float32Array.from(dense)),
  keyword: keywordStage(Float32Array.from(keyword)),
});

const ids = (list: readonly Candidate[]) => list.map((candidate) => candidate.chunkId);

const modes: readonly RetrievalMode[] = ["dense", "keyword", "fused"];

describe("candidates", () => {
  const dense = [0.5, -0.25, 0.75, Number.NaN];
  const keyword = [0, 2, 0, 4];

  it("Q1 every candidate has the score and rank of every stage that says something", () => {
    expect(candidates(library(2, 2), stages(dense, keyword), "dense", 9)).toEqual([
      {
        chunkId: "d1:0",
        documentId: "d1",
        rank: 1,
        dense: { score: 0.75, rank: 1 },
        keyword: null,
        fused: { score: 1 / 61, rank: 2 },
      },
      {
        chunkId: "d0:0",
        documentId: "d0",
        rank: 2,
        dense: { score: 0.5, rank: 2 },
        keyword: null,
        fused: { score: 1 / 62, rank: 4 },
      },
      {
        chunkId: "d0:1",
        documentId: "d0",
        rank: 3,
        dense: { score: -0.25, rank: 3 },
        keyword: { score: 2, rank: 2 },
        fused: { score: 1 / 63 + 1 / 62, rank: 1 },
      },
    ]);
  });

  it("Q2 keyword finds only chunks with a word of the query; an unreadable chunk is found so, without dense", () => {
    const list = candidates(library(2, 2), stages(dense, keyword), "keyword", 9);
    expect(ids(list)).toEqual(["d1:1", "d0:1"]);
    expect(list[0]?.dense).toBeNull();
    expect(list[0]?.keyword).toEqual({ score: 4, rank: 1 });
  });

  it("Q3 fused is the sum of 1 / (60 + rank), by hand", () => {
    const list = candidates(library(2, 2), stages(dense, keyword), "fused", 9);
    expect(ids(list)).toEqual(["d0:1", "d1:0", "d1:1", "d0:0"]);
    expect(list.map((one) => one.fused?.score)).toEqual([1 / 63 + 1 / 62, 1 / 61, 1 / 61, 1 / 62]);
  });

  it("Q4 without a query vector: dense finds nothing, fused is the keyword order, no candidate has a dense score", () => {
    expect(candidates(library(2, 2), stages(null, keyword), "dense", 9)).toEqual([]);
    const list = candidates(library(2, 2), stages(null, keyword), "fused", 9);
    expect(ids(list)).toEqual(["d1:1", "d0:1"]);
    expect(list.every((one) => one.dense === null)).toBe(true);
  });

  it("Q5 equal scores go by document, then ordinal", () => {
    const same = stages([1, 1, 1, 1], [3, 3, 3, 3]);
    for (const mode of modes) {
      expect(ids(candidates(library(2, 2), same, mode, 3))).toEqual(["d0:0", "d0:1", "d1:0"]);
    }
  });

  it("Q6 a larger pool begins with the smaller one; ranks are 1 to n; no chunk twice", () => {
    const score = fc.oneof(fc.constantFrom(0, 1, 0.5, Number.NaN), fc.float({ min: -1, max: 1, noNaN: true }));
    const row = fc.record({
      dense: score,
      keyword: fc.oneof(fc.constant(0), fc.float({ min: 0, max: 9, noNaN: true })),
    });
    const setting = fc.record({
      rows: fc.array(row, { maxLength: 2 * FUSION_DEPTH + 100, size: "max" }),
      mode: fc.constantFrom(...modes),
      small: fc.nat(250),
      more: fc.nat(250),
    });
    fc.assert(
      fc.property(setting, ({ rows, mode, small, more }) => {
        const both = stages(rows.map((one) => one.dense), rows.map((one) => one.keyword)); // prettier-ignore
        const large = candidates(library(rows.length), both, mode, small + more);
        expect(candidates(library(rows.length), both, mode, small)).toEqual(large.slice(0, small));
        expect(large.map((one) => one.rank)).toEqual(large.map((_, i) => i + 1));
        expect(new Set(ids(large)).size).toBe(large.length);
        const own = large.map((one) => one[mode]);
        expect(own.map((one) => one?.rank)).toEqual(large.map((_, i) => i + 1));
        own.slice(1).forEach((one, i) => expect(one!.score).toBeLessThanOrEqual(own[i]!.score));
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it("Q7 stages of other rows are refused; an empty library gives an empty list", () => {
    expect(() => candidates(library(3), stages(null, [1]), "keyword", 3)).toThrow("UNEXPECTED");
    expect(candidates([], stages([], []), "fused", 3)).toEqual([]);
  });
});
