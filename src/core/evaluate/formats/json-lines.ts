import type { ImportLog } from "./import-log.ts";
import type { CorpusDocument, InputFile } from "./imported.ts";
import { readLines } from "./lines.ts";

interface Entry {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly line: number;
}

/** Rules F6, F7, F10: objects with an `_id`, one a line; the first of each id. */
async function* readEntries(file: InputFile, log: ImportLog): AsyncGenerator<Entry> {
  const seen = new Set<string>();
  for await (const { number, text } of readLines(file, log)) {
    const fields = parseObject(text);
    if (fields === null) {
      log.note("line-malformed", file.path, number, text);
      continue;
    }
    // `id` is what NanoBEIR's and Anserini's copies write.
    const id = idOf(fields["_id"] ?? fields["id"]);
    if (id === null) log.note("id-missing", file.path, number, text);
    else if (seen.has(id)) log.note("id-duplicate", file.path, number, id);
    else {
      seen.add(id);
      yield { id, fields, line: number };
    }
  }
}

export interface WrittenQuestion {
  readonly id: string;
  readonly text: string;
  readonly line: number;
}

/** queries.jsonl: `{_id, text}`. */
export async function* readQueryLines(file: InputFile, log: ImportLog): AsyncGenerator<WrittenQuestion> {
  for await (const { id, fields, line } of readEntries(file, log)) {
    const text = fields["text"];
    if (typeof text === "string") yield { id, text: text.trim(), line };
    else log.note("line-malformed", file.path, line, id);
  }
}

/** corpus.jsonl: `{_id, title?, text}`. */
export async function* readCorpusLines(file: InputFile, log: ImportLog): AsyncGenerator<CorpusDocument> {
  for await (const { id, fields, line } of readEntries(file, log)) {
    const title = fields["title"] ?? "";
    const text = fields["text"] ?? "";
    if (typeof title !== "string" || typeof text !== "string") log.note("line-malformed", file.path, line, id);
    else if (title.trim() === "" && text.trim() === "") log.note("document-empty", file.path, line, id);
    else yield { id, title, text };
  }
}

export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}
