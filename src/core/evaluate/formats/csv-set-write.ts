import { writeCsv } from "./csv.ts";
import type { ImportedQuestion } from "./imported.ts";

/** One row for each target, under a header that the reader knows (rule F15). */
export function writeCsvSet(questions: readonly ImportedQuestion[]): string {
  return writeCsv([
    ["id", "question", "document", "page", "text", "grade"],
    ...questions.flatMap(({ id, text, targets }) =>
      targets.map((target) => [
        id,
        text,
        target.document ?? "",
        target.page ?? "",
        target.text ?? "",
        String(target.grade),
      ]),
    ),
  ]);
}
