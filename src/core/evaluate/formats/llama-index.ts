import { EngineError } from "../../base/errors.ts";
import type { ImportLog } from "./import-log.ts";
import {
  LIMITS,
  type CorpusDocument,
  type ImportedQuestion,
  type ImportedSet,
  type ImportedTarget,
  type InputFile,
} from "./imported.ts";
import { emptySet, tooMany } from "./ir-set.ts";
import { isRecord } from "./json-lines.ts";
import { withoutMark } from "./lines.ts";

/** LlamaIndex's EmbeddingQAFinetuneDataset, key by key. */
export interface LlamaIndexDataset {
  /** Question id → text. */
  readonly queries: Readonly<Record<string, string>>;
  /** Node id → text. */
  readonly corpus: Readonly<Record<string, string>>;
  /** Question id → node ids. */
  readonly relevant_docs: Readonly<Record<string, readonly string[]>>;
  readonly mode: string;
}

/** As `save_json` writes it: four spaces, `mode` last. */
export function writeLlamaIndex({ queries, corpus, relevant_docs, mode }: LlamaIndexDataset): string {
  return JSON.stringify({ queries, corpus, relevant_docs, mode }, null, 4);
}

/**
 * Rule F20: every target carries the node's id and its text, so that the set can be run on its own corpus (level
 * document) or found again in a library (level passage).
 * @throws SET_BROKEN {file, line}, SET_TOO_LARGE, SET_EMPTY
 */
export async function readLlamaIndex(name: string, file: InputFile, log: ImportLog): Promise<ImportedSet> {
  const { path } = file;
  const { queries, corpus, relevant } = parseDataset(await wholeText(file), path);
  const documents = new Map<string, string>();
  for (const [id, text] of Object.entries(corpus)) {
    if (typeof text !== "string" || text.trim() === "") log.note("document-empty", path, 0, id);
    else documents.set(id, text);
  }
  if (documents.size > LIMITS.documents) throw tooMany("documents", path, LIMITS.documents);
  const questions: ImportedQuestion[] = [];
  for (const [id, text] of Object.entries(queries)) {
    if (typeof text !== "string" || text.trim() === "") log.note("question-empty", path, 0, id);
    else if (!Object.hasOwn(relevant, id)) log.note("question-unjudged", path, 0, id);
    else {
      const targets = targetsOf(relevant[id], id, documents, path, log);
      if (targets.length > 0) questions.push({ id, text: text.trim(), targets });
    }
  }
  for (const id of Object.keys(relevant)) if (!Object.hasOwn(queries, id)) log.note("question-unknown", path, 0, id);
  if (questions.length > LIMITS.questions) throw tooMany("questions", path, LIMITS.questions);
  const judgements = questions.reduce((sum, question) => sum + question.targets.length, 0);
  const report = log.report({ questions: questions.length, judgements, documents: documents.size });
  if (questions.length === 0) throw emptySet(path, report.counts);
  return {
    name,
    format: "llamaindex",
    level: "document",
    questions,
    corpus: { documents: documents.size, read: () => entries(documents) },
    report,
  };
}

function targetsOf(
  ids: unknown,
  question: string,
  documents: ReadonlyMap<string, string>,
  file: string,
  log: ImportLog,
): ImportedTarget[] {
  const targets = new Map<string, ImportedTarget>();
  if (!Array.isArray(ids)) log.note("line-malformed", file, 0, question);
  else if (ids.length === 0) log.note("target-missing", file, 0, question);
  else
    for (const id of ids as readonly unknown[]) {
      const text = typeof id === "string" ? documents.get(id) : undefined;
      if (typeof id !== "string" || text === undefined)
        log.note("document-unknown", file, 0, `${question} ${String(id)}`);
      else if (targets.has(id)) log.note("judgement-duplicate", file, 0, `${question} ${id}`);
      else targets.set(id, { document: id, page: null, text, grade: 1, line: 0, file });
    }
  return [...targets.values()];
}

async function* entries(documents: ReadonlyMap<string, string>): AsyncGenerator<CorpusDocument> {
  for (const [id, text] of documents) yield { id, title: "", text };
}

async function wholeText(file: InputFile): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of withoutMark(file.text())) pieces.push(piece);
  return pieces.join("");
}

function parseDataset(
  text: string,
  file: string,
): Record<"queries" | "corpus" | "relevant", Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new EngineError("SET_BROKEN", String(error), { file, line: lineOfError(String(error), text) }, error);
  }
  const { queries, corpus, relevant_docs: relevant } = isRecord(value) ? value : {};
  if (isRecord(queries) && isRecord(corpus) && isRecord(relevant)) return { queries, corpus, relevant };
  throw new EngineError("SET_BROKEN", "queries, corpus or relevant_docs is missing", { file, line: 0 });
}

/** Engines say where JSON breaks off in their own words; 0 where they do not. */
function lineOfError(message: string, text: string): number {
  const line = /\bline (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /\bposition (\d+)/.exec(message)?.[1];
  return position === undefined ? 0 : text.slice(0, Number(position)).split("\n").length;
}
