import { EngineError } from "#core/base/errors.ts";
import { documentText } from "#core/chunk/page-spans.ts";
import { writeCsvSet } from "#core/evaluate/formats/csv-set-write.ts";
import type { ImportedTarget } from "#core/evaluate/formats/imported.ts";
import { tableCsv, tableMarkdown } from "#core/evaluate/formats/table.ts";
import { externalNames, writeTrecQrels, writeTrecRun } from "#core/evaluate/formats/trec-write.ts";
import { optionsOf } from "#core/evaluate/counted.ts";
import type { EvaluationRun, QuestionSet, Target } from "#core/evaluate/model.ts";
import { everythingJson } from "#core/evaluate/proof/proof.ts";
import { countedItems } from "#core/evaluate/order.ts";
import type { EvaluationReport } from "#core/evaluate/report-model.ts";
import type { DocumentId, DocumentRecord, Page } from "#core/model.ts";
import type { ProofFiles } from "#core/ports.ts";
import { proofOf, type ProofSource } from "./evaluate-proof.ts";
import type { ExportFormat, NamedFile } from "./evaluate-view.ts";

/** Documents as the person and other tools call them. */
export interface ExportLibrary {
  readonly records: ReadonlyMap<DocumentId, DocumentRecord>;
  pages(id: DocumentId): Promise<readonly Page[]>;
}

function fileOf(run: EvaluationRun, kind: string, text: string, type: string): NamedFile {
  return { name: `${safe(run.set.name)}.${kind}`, blob: new Blob([text], { type: `${type};charset=utf-8` }) };
}

/** For every file system. */
export function safe(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "evaluation";
}

/** One file of a run. @param cellKey which row: of a TREC run, and whose lists a proof bundle shows */
export async function exportedRun(
  run: EvaluationRun | null,
  report: EvaluationReport | null,
  format: ExportFormat,
  cellKey: string | null,
  source: ProofSource,
  encode: ProofFiles["encode"],
): Promise<NamedFile> {
  if (run === null || report === null) throw new EngineError("UNEXPECTED", "no report to export");
  const name = externalNames([...source.records.values()]);
  switch (format) {
    case "trec-run": {
      const line = run.cells.find(({ cell }) => cell.key === cellKey);
      if (line === undefined) throw new EngineError("UNEXPECTED", "no such row");
      const options = optionsOf(run, report.counted);
      // In the order in which the table counts them: ties are settled before the scores fall.
      const outcomes = line.outcomes.map((outcome) => ({
        ...outcome,
        items: countedItems(outcome, run.grades.get(outcome.questionId) ?? new Map<string, number>(), options),
      }));
      return fileOf(run, `${safe(line.cell.key)}.run.txt`, writeTrecRun(outcomes, line.cell.key, name), "text/plain");
    }
    case "trec-qrels":
      return fileOf(run, "qrels.txt", writeTrecQrels(run.grades, name), "text/plain");
    case "csv":
      return fileOf(run, "csv", tableCsv(report.rows, report.counted.k), "text/csv");
    case "markdown":
      return fileOf(run, "md", tableMarkdown(report.rows, report.counted.k), "text/markdown");
    case "json":
      return fileOf(run, "json", everythingJson(await proofOf(run, report, cellKey, source)), "application/json");
    case "proof": {
      const blob = await encode(await proofOf(run, report, cellKey, source));
      return { name: `${safe(run.set.name)}.proof.html`, blob };
    }
  }
}

/** A question set as CSV: documents by name, pages by number, passages in their own words. */
export async function exportedSet(set: QuestionSet | undefined, library: ExportLibrary): Promise<NamedFile> {
  if (set === undefined) throw new EngineError("UNEXPECTED", "no such set");
  const texts = new Map<DocumentId, string>();
  const name = externalNames([...library.records.values()]);
  const written = async (target: Target): Promise<ImportedTarget> => {
    const { kind, documentId, grade } = target;
    const place = { document: name(documentId), grade, line: 0, file: "" };
    if (kind === "document") return { ...place, page: null, text: null };
    if (kind === "page") return { ...place, page: String(target.page + 1), text: null };
    const text = texts.get(documentId) ?? documentText(await library.pages(documentId));
    texts.set(documentId, text);
    return { ...place, page: null, text: text.slice(target.start, target.end) };
  };
  const questions = [];
  for (const { id, text, targets } of set.questions) {
    // oxlint-disable-next-line no-await-in-loop -- one document after the other is read
    questions.push({ id, text, targets: await Promise.all(targets.map(written)) });
  }
  return {
    name: `${safe(set.name)}.csv`,
    blob: new Blob([writeCsvSet(questions)], { type: "text/csv;charset=utf-8" }),
  };
}
