import * as v from "valibot";
import { PROOF_VERSION, type PlainProof } from "#core/evaluate/proof/proof.ts";
import type { ChunkId, DocumentId } from "#core/model.ts";
import { count } from "./library-schema.ts";

const documentId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/),
  v.transform((digits) => digits as DocumentId),
);
const chunkId = v.pipe(
  v.string(),
  v.transform((id) => id as ChunkId),
);
/** JSON has no NaN: a mean over no question is null there. */
const measured = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);
const grade = v.pipe(v.number(), v.safeInteger());
const span = { documentId, start: count, end: count };
const level = v.picklist(["document", "page", "passage"]);

const target = v.variant("kind", [
  v.object({ kind: v.literal("document"), documentId, grade }),
  v.object({ kind: v.literal("page"), documentId, page: count, grade }),
  v.object({ kind: v.literal("passage"), ...span, grade }),
]);

const set = v.object({
  id: v.string(),
  name: v.string(),
  origin: v.picklist(["judged", "masked", "generated", "imported"]),
  level,
  questions: v.array(v.object({ id: v.string(), text: v.string(), targets: v.array(target) })),
  madeAt: v.number(),
  masked: v.array(v.object(span)),
});

const retrieval = v.picklist(["dense", "keyword", "fused"]);
const cell = v.object({ key: v.string(), retrieval, embedder: v.string(), reranker: v.string(), pool: count });
const stamp = v.object({
  id: v.string(),
  revision: v.string(),
  dtype: v.picklist(["fp32", "fp16", "q8"]),
  device: v.picklist(["wasm", "webgpu"]),
});

/** Columns of one list belong together. */
const outcome = v.pipe(
  v.object({
    questionId: v.string(),
    items: v.array(v.string()),
    chunks: v.array(chunkId),
    ranks: v.array(count),
    scores: v.array(v.nullable(v.number())),
    milliseconds: v.nullable(v.number()),
    fallback: v.nullable(v.string()),
  }),
  v.check(({ items, chunks, ranks, scores }) =>
    [chunks, ranks, scores].every((column) => column.length === items.length),
  ),
);

const run = v.object({
  set,
  grid: v.object({
    retrieval: v.array(retrieval),
    embedders: v.array(v.string()),
    rerankers: v.array(v.string()),
    pools: v.array(v.number()),
  }),
  grades: v.array(v.tuple([v.string(), v.array(v.tuple([v.string(), grade]))])),
  cells: v.array(
    v.object({ cell, outcomes: v.array(outcome), embedder: v.nullable(stamp), reranker: v.nullable(stamp) }),
  ),
  corpusKey: v.string(),
  corpus: v.object({ documents: count, chunks: count }),
  startedAt: v.number(),
  finished: v.boolean(),
});

const interval = v.object({ low: measured, high: measured });
const row = v.object({
  cell,
  questions: count,
  values: v.array(
    v.object({
      metric: v.string(),
      value: measured,
      interval,
      against: v.nullable(
        v.object({ difference: measured, interval, p: measured, wins: count, ties: count, losses: count }),
      ),
    }),
  ),
  latency: v.nullable(v.object({ median: v.number(), p95: v.number(), measured: count })),
  unjudged: measured,
  fallbacks: count,
});

/** The annotation keeps this schema and the types from drifting apart. */
export const proofSchema: v.GenericSchema<unknown, PlainProof> = v.object({
  format: v.literal("second-look-proof"),
  version: v.literal(PROOF_VERSION),
  appVersion: v.string(),
  madeAt: v.number(),
  run,
  settings: v.array(v.tuple([v.string(), v.string()])),
  models: v.array(
    v.object({
      role: v.picklist(["embedder", "reranker"]),
      stamp,
      files: v.array(v.object({ path: v.string(), sha256: v.string() })),
    }),
  ),
  k: count,
  table: v.array(row),
  before: v.string(),
  after: v.string(),
  passages: v.array(v.object({ id: chunkId, documentId, document: v.string(), page: v.string(), text: v.string() })),
});
