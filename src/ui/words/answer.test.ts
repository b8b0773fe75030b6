import { expect, it } from "vitest";
import { DEFAULT_SETTINGS, OFF, type Chunk, type DocumentRecord } from "#core/model.ts";
import type { AnswerUpdate } from "#state/answer-store.ts";
import { answerFacts, answerHeading, answerSummary, citationName, refusal, struckNote, tokensLine } from "./answer.ts";

const stamp = { id: "owner/qwen3", revision: "", dtype: "elsewhere", device: "elsewhere" } as const;
const passage = { n: 1, chunkId: "a", cut: false };
const update = {
  kind: "generated",
  phase: "done",
  segments: [
    { kind: "citation", n: 1 },
    { kind: "citation", n: 1 },
  ],
  passages: [passage, { ...passage, n: 2, cut: true }],
  dropped: 1,
  stamp,
  place: { kind: "endpoint", host: "localhost:11434" },
  milliseconds: 4200,
  tokens: { estimatedIn: 1204, in: 1198, out: 86 },
  floor: { refused: true, best: 1.2, floor: 3 },
} as unknown as AnswerUpdate;

it("A1 a citation names its document and page, as the document counts them", () => {
  const record = { name: "manual.pdf", format: "pdf", pageLabels: null } as unknown as DocumentRecord;
  expect(citationName(1, { firstPage: 13, lastPage: 13 } as Chunk, record)).toBe("Passage 1: manual.pdf, page 14");
  expect(citationName(2, { firstPage: 2, lastPage: 3 } as Chunk, record)).toBe("Passage 2: manual.pdf, pages 3–4");
  expect(citationName(3, undefined, record)).toContain("gone");
});

it("A1 each answer says which list it comes from", () => {
  expect(answerHeading("before", 5, { settings: DEFAULT_SETTINGS })).toBe("From the top 5 before re-ranking");
  expect(answerHeading("before", 5, { settings: { ...DEFAULT_SETTINGS, reranker: OFF } })).toBe("From the top 5");
});

it("A3 which model, where it ran, how many passages went where, and what had no room", () => {
  expect(answerFacts(update)).toBe(
    "qwen3 at localhost:11434 · 2 passages went to localhost:11434 · 1 shortened to fit · 1 left out for want of room · 4.2 s",
  );
  const here = { ...update, place: null, stamp: { ...stamp, dtype: "q8", device: "wasm" } } as AnswerUpdate;
  expect(answerFacts(here)).toContain("qwen3 q8 on WASM, in this tab · 2 passages, none left this device");
  expect(answerFacts({ ...update, stamp: null, place: null, passages: [], dropped: 0 })).toBe("4.2 s");
});

it("A5 A7 wrong citations are counted; a refusal says the floor and the best score", () => {
  expect([struckNote(0), struckNote(1), struckNote(2)]).toEqual([
    null,
    "1 citation points at no passage.",
    "2 citations point at no passage.",
  ]);
  expect(refusal(update)).toContain("the best scores +1.20, and an answer needs +3.00");
});

it("A3 tokens as far as somebody counted", () => {
  expect(tokensLine(update)).toBe("About 1,204 tokens; the model counted 1,198 and answered with 86.");
  const said = (tokens: Partial<AnswerUpdate["tokens"]>) => tokensLine({ tokens: { ...update.tokens, ...tokens } });
  expect(said({ in: null })).toBe("About 1,204 tokens; the model answered with 86.");
  expect(said({ in: null, out: null })).toBe("About 1,204 tokens.");
  expect(said({ estimatedIn: null })).toBeNull();
});

it("A10 what is announced is the end of an answer, in one sentence", () => {
  expect(answerSummary("Top", update)).toBe("Top: answered, 1 passage cited.");
  expect(answerSummary("Top", { ...update, phase: "stopped" })).toBe("Top: stopped.");
  expect(answerSummary("Top", { ...update, kind: "refused" })).toBe("Top: no answer.");
});
