import { EngineError, type Cancel } from "../../base/errors.ts";
import type { OnProgress } from "../../ports.ts";
import { readCsvSet } from "./csv-set.ts";
import { kindOf, nameOf, type FileKind } from "./detect.ts";
import { ImportLog } from "./import-log.ts";
import { LIMITS, type ImportedSet, type InputFile } from "./imported.ts";
import { readCollection, type CollectionFiles } from "./ir-set.ts";
import { readLlamaIndex } from "./llama-index.ts";

/** Which judgements are meant where a folder has those of several splits: the ones that results are published for. */
const SPLITS = ["test", "dev", "valid", "train"];

/**
 * A question set from the chosen files, or from all files of a chosen folder; which is which is told by what they hold.
 * @param onProgress characters read, of about as many bytes
 * @throws SET_UNKNOWN_FORMAT {names}, SET_INCOMPLETE {missing}, SET_TOO_LARGE {what, file, limit, bytes?},
 *   SET_BROKEN {file, line}, SET_EMPTY {file, skipped, reason}, CANCELLED
 */
export async function readQuestionSet(
  files: readonly InputFile[],
  cancel: Cancel,
  onProgress: OnProgress = () => {},
): Promise<ImportedSet> {
  const log = new ImportLog();
  const progress = { done: 0, of: files.reduce((sum, file) => sum + file.bytes, 0) };
  const watch = (file: InputFile): InputFile => ({
    path: file.path,
    bytes: file.bytes,
    text: async function* () {
      for await (const piece of file.text()) {
        cancel.throwIfAborted();
        progress.done = Math.min(progress.of, progress.done + piece.length);
        onProgress({ ...progress });
        yield piece;
      }
    },
  });
  const kinds = new Map<FileKind, InputFile[]>();
  for (const file of files) {
    cancel.throwIfAborted();
    const kind = await kindOf(file);
    kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  const chosen = new Set<InputFile>();
  const take = (kind: FileKind): InputFile | null => {
    const file = bestOf(kinds.get(kind) ?? []);
    if (file !== null) chosen.add(file);
    return file;
  };
  const read = pick(take);
  if (read === null) {
    const names = files.map(({ path }) => path).join(", ");
    throw new EngineError("SET_UNKNOWN_FORMAT", names, { names: names.slice(0, 200) });
  }
  for (const file of files) if (!chosen.has(file)) log.note("file-unused", file.path, 0);
  for (const file of chosen) checkSize(file, file === read.corpus ? LIMITS.corpusBytes : LIMITS.setBytes);
  if ("single" in read) {
    const readOne = read.kind === "csv" ? readCsvSet : readLlamaIndex;
    return readOne(setName(read.single), watch(read.single), log);
  }
  const { corpus, questions, judgements } = read;
  return readCollection(
    setName(judgements.file),
    {
      corpus: corpus === null ? null : watch(corpus),
      questions: { ...questions, file: watch(questions.file) },
      judgements: { ...judgements, file: watch(judgements.file) },
    },
    log,
  );
}

interface SingleFile {
  readonly single: InputFile;
  readonly kind: "csv" | "llamaindex";
  readonly corpus: null;
}

/** Rule F2: a test collection goes before a single file. @throws SET_INCOMPLETE {missing} */
function pick(take: (kind: FileKind) => InputFile | null): CollectionFiles | SingleFile | null {
  const corpus = take("corpus");
  const jsonl = take("queries");
  const topics = jsonl === null ? take("topics") : null;
  const tabbed = jsonl === null && topics === null ? take("tabbed-topics") : null;
  const beir = take("beir-qrels");
  const trec = beir === null ? take("trec-qrels") : null;
  const questions = jsonl ?? topics ?? tabbed;
  const judgements = beir ?? trec;
  if (questions !== null && judgements !== null)
    return {
      corpus,
      questions: { file: questions, kind: jsonl !== null ? "jsonl" : topics !== null ? "topics" : "tabbed" },
      judgements: { file: judgements, kind: beir !== null ? "beir" : "trec" },
    };
  for (const kind of ["llamaindex", "csv"] as const) {
    const single = take(kind);
    if (single !== null) return { single, kind, corpus: null };
  }
  if (corpus === null && questions === null && judgements === null) return null;
  const missing = questions === null ? (judgements === null ? "both" : "questions") : "judgements";
  throw new EngineError("SET_INCOMPLETE", missing, { missing });
}

function bestOf(files: readonly InputFile[]): InputFile | null {
  const rank = ({ path }: InputFile): number => {
    const at = SPLITS.findIndex((split) => nameOf(path).toLowerCase().includes(split));
    return at === -1 ? SPLITS.length : at;
  };
  return files.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))[0] ?? null;
}

function checkSize({ path, bytes }: InputFile, limit: number): void {
  if (bytes <= limit) return;
  throw new EngineError("SET_TOO_LARGE", path, { what: "bytes", file: path, bytes, limit });
}

/** `scifact` of `scifact/qrels/test.tsv`, else the file's name without its ending. */
function setName({ path }: InputFile): string {
  const folders = path.split("/").slice(0, -1);
  return folders.findLast((folder) => folder !== "qrels") ?? nameOf(path).replace(/\.[a-z]+$/i, "");
}
