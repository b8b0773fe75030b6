import { columnsOf } from "./csv-set.ts";
import { separatorOf } from "./csv.ts";
import { headOf } from "./head.ts";
import type { InputFile } from "./imported.ts";
import { parseGrade } from "./judgement-lines.ts";
import { isRecord, parseObject } from "./json-lines.ts";

export type FileKind =
  | "corpus"
  | "queries"
  | "beir-qrels"
  | "trec-qrels"
  | "trec-run"
  | "topics"
  | "tabbed-topics"
  | "llamaindex"
  | "csv"
  | "proof"
  | "unknown";

/** Rule F1: the kind of a file by its first lines, and by its name only where they leave it open. */
export async function kindOf(file: InputFile): Promise<FileKind> {
  const head = await headOf(file);
  const name = nameOf(file.path).toLowerCase();
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
  const start = head.trimStart();
  if (start.startsWith("{")) return jsonKind(head, lines[0] ?? "", name);
  if (/^<!doctype html/i.test(start)) return start.includes("second-look-proof") ? "proof" : "unknown";
  if (/^<top>/im.test(head)) return "topics";
  if (name.endsWith(".csv")) return "csv";
  return tableKind(lines, name);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function jsonKind(head: string, first: string, name: string): FileKind {
  const object = parseObject(first);
  const isLines = name.endsWith(".jsonl") || (isRecord(object) && ("_id" in object || "id" in object));
  if (!isLines) return /"(?:queries|corpus|relevant_docs)"\s*:/.test(head) ? "llamaindex" : "unknown";
  if (/quer|question|topic/.test(name)) return "queries";
  if (/corpus|doc|passage|collection/.test(name)) return "corpus";
  return object !== null && "title" in object ? "corpus" : "queries";
}

/** A file may begin with a broken line or a header, so the first few decide together. */
function tableKind(lines: readonly string[], name: string): FileKind {
  const [first = ""] = lines;
  const tabs = first.split("\t").length;
  if (/^(?:query|question)[-_]id\t(?:corpus|doc)/i.test(first)) return "beir-qrels";
  if (columnsOf(first.split(separatorOf(first)).map((cell) => cell.trim().replaceAll('"', ""))) !== null) return "csv";
  const most = (test: (line: string) => boolean): boolean => {
    const few = lines.slice(0, 20);
    return few.length > 0 && few.filter(test).length * 2 > few.length;
  };
  const grade = (cells: readonly string[], count: number): boolean =>
    cells.length === count && parseGrade(cells[count - 1]!.trim()) !== null;
  if (most((line) => isRunLine(line.trim().split(/\s+/)))) return "trec-run";
  if (most((line) => grade(line.trim().split(/\s+/), 4))) return "trec-qrels";
  if (tabs === 3 && most((line) => grade(line.split("\t"), 3))) return "beir-qrels";
  if (name.includes("qrel")) return name.endsWith(".tsv") ? "beir-qrels" : "trec-qrels";
  return most((line) => line.split("\t").length === 2) ? "tabbed-topics" : "unknown";
}

function isRunLine(cells: readonly string[]): boolean {
  return cells.length === 6 && /^\d+$/.test(cells[3]!) && Number.isFinite(Number(cells[4]));
}
