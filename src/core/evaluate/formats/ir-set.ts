import { EngineError } from "../../base/errors.ts";
import { ImportLog } from "./import-log.ts";
import {
  LIMITS,
  type CorpusDocument,
  type ImportedQuestion,
  type ImportedSet,
  type ImportedTarget,
  type InputFile,
} from "./imported.ts";
import { readCorpusLines, readQueryLines, type WrittenQuestion } from "./json-lines.ts";
import { readJudgements } from "./judgement-lines.ts";
import { readTabbedTopics, readTopics } from "./trec-topics.ts";

/** The parts of a test collection: BEIR's files, TREC's, or some of each. */
export interface CollectionFiles {
  readonly corpus: InputFile | null;
  readonly questions: { readonly file: InputFile; readonly kind: "jsonl" | "topics" | "tabbed" };
  readonly judgements: { readonly file: InputFile; readonly kind: "beir" | "trec" };
}

/**
 * Judgements first, so that of the questions (BEIR keeps those of all splits in one file) only judged ones are held; then
 * the corpus once through for its ids.
 * @throws SET_TOO_LARGE {what, file, limit}, SET_EMPTY {file, skipped}
 */
export async function readCollection(name: string, files: CollectionFiles, log: ImportLog): Promise<ImportedSet> {
  const judged = await judgementsByQuestion(files.judgements, log);
  const texts = await judgedQuestions(files.questions, judged, log);
  const corpus = files.corpus === null ? null : await corpusIds(files.corpus, log);
  const { path } = files.judgements.file;
  const questions: ImportedQuestion[] = [];
  let judgements = 0;
  for (const [id, targets] of judged) {
    const text = texts.get(id);
    const known = [...targets.values()].filter((target) => {
      if (text === undefined) log.note("question-unknown", path, target.line, id);
      else if (corpus !== null && !corpus.has(target.document!))
        log.note("document-unknown", path, target.line, target.document!);
      else return true;
      return false;
    });
    if (text === undefined || known.length === 0) continue;
    judgements += known.length;
    questions.push({ id, text, targets: known });
  }
  const report = log.report({ questions: questions.length, judgements, documents: corpus?.size ?? 0 });
  if (questions.length === 0) throw emptySet(path, report.counts);
  const format = files.questions.kind === "jsonl" || files.judgements.kind === "beir" ? "beir" : "trec";
  const source = files.corpus;
  return {
    name,
    format,
    level: "document",
    questions,
    corpus:
      source === null ? null : { documents: corpus?.size ?? 0, read: () => readCorpusLines(source, new ImportLog()) },
    report,
  };
}

export function emptySet(file: string, counts: ImportedSet["report"]["counts"]): EngineError {
  const skipped = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [most] = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return new EngineError("SET_EMPTY", file, { file, skipped, reason: most?.[0] ?? null });
}

export function tooMany(what: string, file: string, limit: number): EngineError {
  return new EngineError("SET_TOO_LARGE", `${what} in ${file}`, { what, file, limit });
}

type Judged = Map<string, Map<string, ImportedTarget>>;

async function judgementsByQuestion({ file, kind }: CollectionFiles["judgements"], log: ImportLog): Promise<Judged> {
  const judged: Judged = new Map();
  let count = 0;
  for await (const { question, document, grade, line } of readJudgements(file, kind, log)) {
    let targets = judged.get(question);
    if (targets === undefined) judged.set(question, (targets = new Map()));
    if (targets.has(document)) {
      log.note("judgement-duplicate", file.path, line, `${question} ${document}`);
      continue;
    }
    if (++count > LIMITS.judgements) throw tooMany("judgements", file.path, LIMITS.judgements);
    targets.set(document, { document, page: null, text: null, grade, line, file: file.path });
  }
  return judged;
}

/** The texts of the judged questions; the rest is noted. */
async function judgedQuestions(
  { file, kind }: CollectionFiles["questions"],
  judged: Judged,
  log: ImportLog,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const { id, text, line } of linesOfQuestions(file, kind, log)) {
    if (texts.has(id)) log.note("id-duplicate", file.path, line, id);
    else if (text === "") log.note("question-empty", file.path, line, id);
    else if (!judged.has(id)) log.note("question-unjudged", file.path, line, id);
    else {
      if (texts.size === LIMITS.questions) throw tooMany("questions", file.path, LIMITS.questions);
      texts.set(id, text);
    }
  }
  return texts;
}

function linesOfQuestions(
  file: InputFile,
  kind: CollectionFiles["questions"]["kind"],
  log: ImportLog,
): AsyncIterable<WrittenQuestion> {
  if (kind === "jsonl") return readQueryLines(file, log);
  return kind === "topics" ? readTopics(file, log) : readTabbedTopics(file, log);
}

async function corpusIds(file: InputFile, log: ImportLog): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const documents: AsyncIterable<CorpusDocument> = readCorpusLines(file, log);
  for await (const { id } of documents) {
    if (ids.size === LIMITS.documents) throw tooMany("documents", file.path, LIMITS.documents);
    ids.add(id);
  }
  return ids;
}
