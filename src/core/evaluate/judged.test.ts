import { expect, test } from "vitest";
import type { Chunk, ChunkId, DocumentId } from "../model.ts";
import { emptyJudgedSet, judge } from "./judge.ts";
import { judgedQuestion } from "./judged.ts";

const documentId = "a".repeat(64) as DocumentId;
const chunks = Array.from({ length: 6 }, (_, i): Chunk => ({
  id: `${"a".repeat(16)}:${i}` as ChunkId,
  documentId,
  ordinal: i,
  start: i * 100,
  end: i * 100 + 100,
  firstPage: 0,
  lastPage: 0,
  headings: [],
  text: "",
  tokens: 1,
}));
const [a, b, c, d] = chunks as [Chunk, Chunk, Chunk, Chunk, ...Chunk[]];

test("J12 one question by hand: hit, reciprocal rank, nDCG with graded gains, and what nobody judged", () => {
  let set = judge(emptyJudgedSet(0), { question: "q", passage: c, grade: 2 }).set;
  set = judge(set, { question: "q", passage: d, grade: 1 }).set;
  set = judge(set, { question: "q", passage: a, grade: 0 }).set;
  const numbers = judgedQuestion(set, "q", 2, chunks, [c, d, a, b])!;
  expect(numbers).toMatchObject({ k: 2, judged: 3, relevant: 2 });
  expect(numbers.before).toEqual({ hit: 0, reciprocalRank: 1 / 3, ndcg: 0, unjudged: 1 });
  expect(numbers.after).toEqual({ hit: 1, reciprocalRank: 1, ndcg: 1, unjudged: 0 });
  const three = judgedQuestion(set, "q", 3, chunks, null)!;
  expect(three.before.ndcg).toBeCloseTo(2 / Math.log2(4) / (2 + 1 / Math.log2(3)), 12);
  expect(three.after).toBeNull();
});

test("J13 nothing is said of a question that nobody judged", () => {
  const { set } = judge(emptyJudgedSet(0), { question: "q", passage: c, grade: 2 });
  expect(judgedQuestion(set, "another", 5, chunks, null)).toBeNull();
});
