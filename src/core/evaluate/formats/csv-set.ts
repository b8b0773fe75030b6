import type { Target } from "../model.ts";
import { CsvReader, separatorOf, type CsvRow } from "./csv.ts";
import type { ImportLog } from "./import-log.ts";
import { LIMITS, type ImportedQuestion, type ImportedSet, type ImportedTarget, type InputFile } from "./imported.ts";
import { emptySet, tooMany } from "./ir-set.ts";
import { parseGrade } from "./judgement-lines.ts";
import { headOf } from "./head.ts";

const COLUMNS = ["id", "question", "document", "page", "text", "grade"] as const;
type Column = (typeof COLUMNS)[number];

/** Names of columns, in lower case, with anything but letters taken out. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  id: ["id", "qid", "queryid", "questionid"],
  question: ["question", "query", "q", "userinput", "input"],
  document: ["document", "doc", "docid", "file", "filename", "source", "expecteddocument", "documentname", "title"],
  page: ["page", "pagenumber", "pagelabel", "expectedpage"],
  text: ["text", "passage", "context", "answer", "expectedtext", "quote", "reference", "expected", "groundtruth"],
  grade: ["grade", "relevance", "score", "rel", "label"],
};
/** What the columns are without a header (rule F16). */
const BY_POSITION: readonly Column[] = ["question", "document", "page", "text", "grade"];

type Columns = ReadonlyMap<Column, number>;

/** The columns that a header names; null where it names no question. */
export function columnsOf(cells: readonly string[]): Columns | null {
  const columns = new Map<Column, number>();
  for (const [i, cell] of cells.entries()) {
    const name = cell.toLowerCase().replaceAll(/[^a-z]/g, "");
    const column = COLUMNS.find((one) => NAMES[one].includes(name));
    if (column !== undefined && !columns.has(column)) columns.set(column, i);
  }
  const hasTarget = columns.has("document") || columns.has("text");
  return columns.has("question") && hasTarget ? columns : null;
}

interface OpenQuestion {
  readonly id: string;
  readonly text: string;
  readonly targets: ImportedTarget[];
}

/**
 * Rules F15 to F19: one expected place a row; rows of one id, or without ids of one question, are one question.
 * @throws SET_BROKEN, SET_TOO_LARGE, SET_EMPTY
 */
export async function readCsvSet(name: string, file: InputFile, log: ImportLog): Promise<ImportedSet> {
  const separator = separatorOf((await headOf(file)).split(/\r?\n/).find((line) => line.trim() !== "") ?? "");
  const open = new Map<string, OpenQuestion>();
  let columns: Columns | null = null;
  for await (const row of new CsvReader(separator, file.path).rows(file.text())) {
    if (columns === null) {
      columns = columnsOf(row.cells);
      if (columns !== null) continue;
      columns = new Map(BY_POSITION.map((column, i) => [column, i]));
      log.note("header-missing", file.path, row.line, row.cells.join(" "));
    }
    addRow(open, row, columns, file.path, log);
    if (open.size > LIMITS.questions) throw tooMany("questions", file.path, LIMITS.questions);
  }
  const questions: ImportedQuestion[] = [...open.values()];
  const targets = questions.flatMap((question) => question.targets);
  const report = log.report({ questions: questions.length, judgements: targets.length, documents: 0 });
  if (questions.length === 0) throw emptySet(file.path, report.counts);
  return { name, format: "csv", level: finestLevel(targets), questions, corpus: null, report };
}

function addRow(open: Map<string, OpenQuestion>, row: CsvRow, columns: Columns, file: string, log: ImportLog): void {
  const at = (column: Column): string => row.cells[columns.get(column) ?? -1]?.trim() ?? "";
  const note = (reason: Parameters<ImportLog["note"]>[0]): void =>
    log.note(reason, file, row.line, row.cells.join(" ").trim());
  const text = at("question");
  const written = at("grade");
  const grade = written === "" ? 1 : parseGrade(written);
  const document = at("document") || null;
  const expected = at("text") || null;
  if (row.cells.join("").includes("\uFFFD")) note("not-utf8");
  if (row.isMalformed) return note("line-malformed");
  if (text === "") return note("question-empty");
  if (document === null && expected === null) return note("target-missing");
  if (grade === null) return note("grade-invalid");
  if (grade < 0) note("grade-negative");
  const key = at("id") === "" ? `text ${text}` : `id ${at("id")}`;
  let question = open.get(key);
  if (question === undefined) {
    question = { id: at("id") || `row-${row.line}`, text, targets: [] };
    open.set(key, question);
  } else if (question.text !== text) return note("id-duplicate");
  const target = { document, page: at("page") || null, text: expected, grade, line: row.line, file };
  if (question.targets.some((one) => isSame(one, target))) return note("judgement-duplicate");
  question.targets.push(target);
}

function isSame(a: ImportedTarget, b: ImportedTarget): boolean {
  return a.document === b.document && a.page === b.page && a.text === b.text;
}

/** Rule F19: a passage where every row quotes one; a page where every row leads to one; else the document. */
function finestLevel(targets: readonly ImportedTarget[]): Target["kind"] {
  if (targets.every(({ text }) => text !== null)) return "passage";
  return targets.every(({ text, page }) => text !== null || page !== null) ? "page" : "document";
}
