import type { Grade } from "../model.ts";
import type { ImportLog } from "./import-log.ts";
import type { InputFile } from "./imported.ts";
import { readLines, type Line } from "./lines.ts";
import { decodeTrecId } from "./trec-ids.ts";

/** One judgement as it stands in a qrels file. */
export interface WrittenJudgement {
  readonly question: string;
  readonly document: string;
  readonly grade: Grade;
  readonly line: number;
}

/** A whole number, also as `2.0` or `+1`. */
const WHOLE = /^[+-]?\d+(?:\.0+)?$/;

export function parseGrade(written: string): Grade | null {
  const grade = Number(written);
  return WHOLE.test(written) && Number.isSafeInteger(grade) ? grade + 0 : null;
}

function isHeader(cells: readonly string[]): boolean {
  return /^(?:query|question|topic|q)[-_]?id$/i.test(cells[0]?.trim() ?? "");
}

/** BEIR: `query-id<TAB>corpus-id<TAB>score` under a header; four columns with `Q0` or `0` between are taken as well. */
function beirCells({ text }: Line): readonly string[] {
  const cells = text.split("\t").map((cell) => cell.trim());
  return cells.length === 4 ? [cells[0]!, cells[2]!, cells[3]!] : cells;
}

/** TREC: `question iteration document grade`, parted by any white space, without a header. */
function trecCells({ text }: Line): readonly string[] {
  const cells = text.trim().split(/\s+/);
  return cells.length === 4 ? [decodeTrecId(cells[0]!), decodeTrecId(cells[2]!), cells[3]!] : cells.slice(0, 2);
}

/** Rules F8, F9, F11, F12: the judgements of one qrels file; what is no judgement is noted and skipped. */
export async function* readJudgements(
  file: InputFile,
  kind: "beir" | "trec",
  log: ImportLog,
): AsyncGenerator<WrittenJudgement> {
  let isFirst = true;
  for await (const line of readLines(file, log)) {
    const cells = kind === "beir" ? beirCells(line) : trecCells(line);
    const wasFirst = isFirst;
    isFirst = false;
    if (wasFirst && isHeader(kind === "beir" ? cells : line.text.trim().split(/\s+/))) {
      if (kind === "trec") log.note("header-unexpected", file.path, line.number, line.text);
      continue;
    }
    if (wasFirst && kind === "beir") log.note("header-missing", file.path, line.number, line.text);
    const [question, document, written] = cells;
    if (cells.length !== 3 || question === undefined || document === undefined || written === undefined) {
      // trec_eval from version 10 on reads these as comments.
      if (kind === "trec" && line.text.startsWith("#")) continue;
      log.note("line-malformed", file.path, line.number, line.text);
      continue;
    }
    const grade = parseGrade(written);
    if ((question === "" || document === "") && kind === "beir") {
      log.note("id-missing", file.path, line.number, line.text);
    } else if (grade === null) {
      log.note("grade-invalid", file.path, line.number, line.text);
    } else {
      if (grade < 0) log.note("grade-negative", file.path, line.number, line.text);
      yield { question, document, grade, line: line.number };
    }
  }
}
