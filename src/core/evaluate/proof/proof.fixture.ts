import type { ChunkId, DocumentId, ModelStamp } from "../../model.ts";
import type { TableRow } from "../formats/table.ts";
import type { Cell, CellOutcomes, EvaluationRun } from "../model.ts";
import type { ProofData } from "./proof.ts";

const documentId = "ab".repeat(32) as DocumentId;
const stamp = (id: string): ModelStamp => ({ id, revision: "a1b2c3", dtype: "q8", device: "wasm" });
const cellOf = (reranker: string): Cell => ({
  key: `fused bge ${reranker} 30`,
  retrieval: "fused",
  embedder: "bge",
  reranker,
  pool: 30,
});

/** A run of questions over passages with these texts; re-ranking turns every list around. */
export function proofOf(questions: readonly string[], texts: readonly string[], name = "Pump questions"): ProofData {
  const id = (i: number): ChunkId => `${documentId.slice(0, 16)}:${i}` as ChunkId;
  const order = texts.map((_, i) => i);
  const outcomesOf = (list: readonly number[], reranker: string): CellOutcomes => ({
    cell: cellOf(reranker),
    embedder: stamp("bge"),
    reranker: reranker === "off" ? null : stamp(reranker),
    outcomes: questions.map((_, q) => ({
      questionId: `q${q}`,
      items: list.map(id),
      chunks: list.map(id),
      ranks: list.map((i) => i + 1),
      scores: list.map((_i, at) => (at === list.length - 1 ? Number.NaN : 4 - at * 1.5)),
      milliseconds: q === 0 ? 812.5 : null,
      fallback: null,
    })),
  });
  const run: EvaluationRun = {
    set: {
      id: "s",
      name,
      origin: "imported",
      level: "passage",
      questions: questions.map((text, q) => ({
        id: `q${q}`,
        text,
        targets: [{ kind: "passage", documentId, start: 0, end: 10, grade: 2 }],
      })),
      madeAt: 1_700_000_000_000,
      masked: [],
    },
    grid: { retrieval: ["fused"], embedders: ["bge"], rerankers: ["bundled"], pools: [30] },
    grades: new Map(
      questions.map((_, q) => [
        `q${q}`,
        new Map([
          [id(texts.length - 1) as string, 2],
          [id(0), 0],
        ]),
      ]),
    ),
    cells: [outcomesOf(order, "off"), outcomesOf(order.toReversed(), "bundled")],
    corpusKey: "c0ffee",
    corpus: { documents: 6, chunks: 140 },
    startedAt: 1_700_000_000_000,
    finished: true,
  };
  const table: TableRow[] = ["off", "bundled"].map((reranker, i) => ({
    cell: cellOf(reranker),
    questions: questions.length,
    values: ["hit", "mrr", "ndcg"].map((metric, m) => ({
      metric,
      value: 0.5 + i / 4,
      interval: { low: 0.25, high: 0.875 },
      against:
        i === 0
          ? null
          : {
              difference: m === 2 ? -0.125 : 0.25,
              interval: { low: 0, high: 0.5 },
              p: 0.031,
              wins: 5,
              ties: 1,
              losses: m,
            },
    })),
    latency: { median: 12.4 + i * 800, p95: 20 + i * 1200, measured: questions.length },
    unjudged: 0.4,
    fallbacks: 0,
    movement: null,
  }));
  return {
    appVersion: "0.4.0",
    madeAt: 1_700_000_100_000,
    run,
    settings: [
      ["Counted", "trec_eval"],
      ["Chunks", "structure, 256 tokens"],
    ],
    models: ["embedder" as const, "reranker" as const].map((role) => ({
      role,
      stamp: stamp(role === "embedder" ? "bge" : "bundled"),
      files: [{ path: "onnx/model_quantized.onnx", sha256: "0123456789abcdef".repeat(4) }],
    })),
    k: 5,
    table,
    before: "fused bge off 30",
    after: "fused bge bundled 30",
    passages: texts.map((text, i) => ({
      id: id(i),
      documentId,
      document: "pump-manual.pdf",
      page: String(i + 1),
      text,
    })),
  };
}
