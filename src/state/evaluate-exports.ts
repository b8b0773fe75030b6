import { EngineError } from "#core/base/errors.ts";
import type { EvaluationRun, QuestionSet } from "#core/evaluate/model.ts";
import type { Library } from "#engine/library.ts";
import type { EvaluationReport, ExportFormat, NamedFile } from "./evaluate-view.ts";

export async function exportedRun(
  run: EvaluationRun | null,
  _report: EvaluationReport | null,
  format: ExportFormat,
  _cellKey: string | null,
  _library: Pick<Library, "records">,
): Promise<NamedFile> {
  if (run === null) throw new EngineError("UNEXPECTED", format);
  throw new EngineError("UNEXPECTED", format);
}

export async function exportedSet(set: QuestionSet | undefined): Promise<NamedFile> {
  throw new EngineError("UNEXPECTED", set?.id);
}
