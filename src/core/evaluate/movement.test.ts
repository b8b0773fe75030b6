import { expect, test } from "vitest";
import type { ChunkId } from "../model.ts";
import type { CellOutcomes, EvaluationRun, Outcome } from "./model.ts";
import { movementOf } from "./movement.ts";
import { toldRun } from "./report.fixture.ts";

function row(reranker: string, lists: Readonly<Record<string, string>>): CellOutcomes {
  const outcomes = Object.entries(lists).map(([questionId, letters]): Outcome => ({
    questionId,
    items: letters.split(""),
    chunks: letters.split("").map((letter) => letter as ChunkId),
    ranks: letters.split("").map((_, i) => i + 1),
    scores: letters.split("").map((_, i) => -i),
    milliseconds: null,
    fallback: null,
  }));
  const cell = { key: reranker, retrieval: "dense", embedder: "e", reranker, pool: 5 } as const;
  return { cell, outcomes, embedder: null, reranker: null };
}

test("P9 movement against off: means of the reference values, both lists cut to the shorter, questions in both only", () => {
  const off = row("off", { q0: "ABCDEFG", q1: "ABCDE", q2: "ABCDE" });
  const mini = row("mini", { q0: "BACDE", q1: "ABCDE", q9: "ABCDE" });
  const run: EvaluationRun = { ...toldRun([{ reranker: "off", pool: 5, ranks: [1] }]), cells: [off, mini] };
  const movement = movementOf(run, mini, 1)!;
  expect(movement.questions).toBe(2);
  expect(movement.tau).toBeCloseTo((0.8 + 1) / 2, 12);
  expect(movement.rho).toBeCloseTo((0.9 + 1) / 2, 12);
  expect(movement.rbo).toBeCloseTo((0.9 + 1) / 2, 12);
  expect(movement.overlap).toBe(0.5);
  expect(movementOf(run, off, 1)).toBeNull();
});

test("P9 lists of one item have no correlation, and no question in both is no movement", () => {
  const off = row("off", { q0: "A" });
  const [one, other] = [row("mini", { q0: "A" }), row("large", { q1: "A" })];
  const run: EvaluationRun = { ...toldRun([{ reranker: "off", pool: 5, ranks: [1] }]), cells: [off, one, other] };
  expect(movementOf(run, one, 3)).toMatchObject({ tau: Number.NaN, rbo: 1, overlap: 1 });
  expect(movementOf(run, other, 3)).toBeNull();
});
