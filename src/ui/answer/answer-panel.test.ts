import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { parseAnswer } from "#core/answer/citations.ts";
import { DEFAULT_SETTINGS, type Candidate, type Chunk, type ChunkId, type DocumentRecord } from "#core/model.ts";
import type { AnswerUpdate, AnswerView } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { AnswerPanel } from "./answer-panel.tsx";

const A = "a" as ChunkId;
const result = {
  query: "q",
  settings: { ...DEFAULT_SETTINGS, top: 1 },
  before: [{ chunkId: A } as Candidate],
  chunks: new Map([[A, { id: A, documentId: "d", firstPage: 13, lastPage: 13 } as unknown as Chunk]]),
  documents: new Map([
    ["d", { name: "<b>manual</b>.pdf", format: "pdf", pageLabels: null } as unknown as DocumentRecord],
  ]),
  reranker: { id: "second-look-rerank-match-v0" },
} as unknown as SearchResult;

const made = (reply: string, more: Partial<AnswerUpdate> = {}): AnswerUpdate => ({
  side: "after",
  kind: "generated",
  phase: "done",
  passages: [{ n: 1, chunkId: A, cut: false }],
  dropped: 0,
  messages: [{ role: "user", content: "<script>alert(2)</script>" }],
  tokens: { estimatedIn: 5, in: null, out: null },
  isCut: false,
  floor: { refused: false, floor: 3, best: 5 },
  stamp: { id: "m", revision: "", dtype: "elsewhere", device: "elsewhere" },
  place: { kind: "endpoint", host: "localhost:1" },
  progress: null,
  milliseconds: 1,
  error: null,
  ...parseAnswer(reply, [A], true),
  ...more,
});

function page(view: Partial<AnswerView>): string {
  const state = { before: null, after: null, running: null, n: null, floor: "default", error: null, ...view };
  const store = createStore(() => state as AnswerView);
  return renderToStaticMarkup(createElement(AnswerPanel, { store, result, onOpen: () => {} }));
}

it("X1 whatever a model, a document or a prompt holds is text", () => {
  const html = page({ after: made("<img src=x onerror=alert(1)> [1]\u202e") });
  expect(html).not.toMatch(/<(img|script|b)\b/);
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).toContain("&lt;script&gt;alert(2)&lt;/script&gt;");
});

it("A5 a citation is a button named by its passage; one that points nowhere is struck and counted", () => {
  const html = page({ after: made("Hot [1][7].") });
  expect(html).toMatch(
    /<button[^>]*aria-label="Passage 1: &lt;b&gt;manual&lt;\/b&gt;.pdf, page 14"[^>]*>\[1\]<\/button>/,
  );
  expect(html).toMatch(/<del[^>]*title="No such passage was given"[^>]*>\[7\]<\/del>/);
  expect(html).toContain("1 citation points at no passage.");
  expect(html).toContain("1 passage went to localhost:1");
});

it("A6 thinking is folded away, and half a citation is not shown", () => {
  const streaming = { phase: "answering", ...parseAnswer("<think>hm</think>\nHot [1", [A], false) } as const;
  const html = page({ after: made("", streaming), running: "after" });
  expect(html).toMatch(/data-answer-text=""><span>Hot <\/span><\/p>/);
  expect(html).toContain("<summary>Thinking</summary>");
  expect(html).toMatch(/<progress[^>]*aria-label="Answering, after re-ranking"/);
  expect(html).toContain("Stop");
});

it("A7 A9 a refusal shows its floor; extracted sentences say that no model wrote them", () => {
  const floor = { refused: true, floor: 3, best: 1.2 };
  expect(page({ after: made("", { kind: "refused", floor, messages: [] }) })).toContain("an answer needs +3.00");
  const html = page({ before: made("A sentence. [1]", { kind: "extractive", side: "before", messages: [] }) });
  expect(html).toContain("no language model wrote this");
  expect(html).toContain("From the top 1 before re-ranking");
  expect(html).toMatch(/<label[^>]*>Refuse below<\/label><input[^>]*value="3"/);
});
