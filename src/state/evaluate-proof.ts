import { EngineError } from "#core/base/errors.ts";
import { offRowOf } from "#core/evaluate/counted.ts";
import { withoutMasked } from "#core/evaluate/mask.ts";
import type { EvaluationRun } from "#core/evaluate/model.ts";
import { chunksOfProof, type ProofData, type ProofModel, type ProofPassage } from "#core/evaluate/proof/proof.ts";
import type { EvaluationReport } from "#core/evaluate/report-model.ts";
import type { Chunk, ChunkId, DocumentId, DocumentRecord, ModelStamp } from "#core/model.ts";

export interface ProofSource {
  readonly records: ReadonlyMap<DocumentId, DocumentRecord>;
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
  readonly appVersion: string;
  /** The files of a model, as the site's manifest lists them. */
  modelFiles(stamp: ModelStamp): Promise<ProofModel["files"]>;
}

/** What goes into the bundle of a run. @param cellKey the row whose lists are shown beside those of `off`; of `off` itself: the first that re-ranks */
export async function proofOf(
  run: EvaluationRun,
  report: EvaluationReport,
  cellKey: string | null,
  source: ProofSource,
): Promise<ProofData> {
  const isReranked = ({ cell }: EvaluationRun["cells"][number]): boolean => cell.reranker !== "off";
  const after = run.cells.find((row) => row.cell.key === cellKey && isReranked(row)) ?? run.cells.find(isReranked);
  const [first] = run.cells;
  if (first === undefined) throw new EngineError("UNEXPECTED", "a run without rows");
  const before = (after && offRowOf(run, after)) ?? first;
  const shown = { run, k: report.counted.k, before: before.cell.key, after: (after ?? first).cell.key };
  return {
    ...shown,
    appVersion: source.appVersion,
    madeAt: Date.now(),
    settings: [
      ["Counted as", report.counted.preset],
      ["Cut at", String(report.counted.k)],
    ],
    models: await modelsOf(run, source),
    table: report.rows,
    passages: [...chunksOfProof(shown)].flatMap((id) => passageOf(id, run, source) ?? []),
  };
}

async function modelsOf(run: EvaluationRun, source: ProofSource): Promise<ProofModel[]> {
  const stamps = run.cells.flatMap(({ embedder, reranker }) => [
    ...(embedder === null ? [] : [{ role: "embedder" as const, stamp: embedder }]),
    ...(reranker === null ? [] : [{ role: "reranker" as const, stamp: reranker }]),
  ]);
  const each = new Map(stamps.map((model) => [`${model.role} ${model.stamp.id}`, model]));
  return Promise.all(
    Array.from(each.values(), async (model) => ({ ...model, files: await source.modelFiles(model.stamp) })),
  );
}

/** As it was searched. Null where the document has left the library since. */
function passageOf(id: ChunkId, run: EvaluationRun, { chunks, records }: ProofSource): ProofPassage | null {
  const chunk = chunks.get(id);
  const record = chunk && records.get(chunk.documentId);
  if (chunk === undefined || record === undefined) return null;
  return {
    id,
    documentId: chunk.documentId,
    document: record.name,
    page: record.pageLabels?.[chunk.firstPage] ?? String(chunk.firstPage + 1),
    text: withoutMasked(chunk, run.set.masked),
  };
}
