import { toEngineError, type EngineError } from "#core/base/errors.ts";
import type { DocumentId, DocumentRecord, Progress } from "#core/model.ts";
import { ingest, type IngestPorts } from "#engine/ingest.ts";
import type { Library } from "#engine/library.ts";
import { readerWithOcr, withOcr, type OcrPorts } from "#engine/ocr.ts";
import type { JobQueue } from "./job-queue.ts";
import type { LibraryItem } from "./view.ts";

/** Rows of the library, as far as a file on its way needs them. */
export interface Rows {
  add(row: LibraryItem): void;
  patch(key: string, change: Partial<LibraryItem>): void;
  drop(key: string): void;
  /** The file has become a document. */
  settle(key: string, record: DocumentRecord): void;
  /** The same content is there already. */
  duplicate(name: string, existing: string): void;
  /** A document was stored. */
  added(): Promise<void>;
}

export interface IncomingPorts extends IngestPorts {
  readonly library: Library;
  readonly ocr: OcrPorts;
  /** Passwords that opened a document in this session; never stored. */
  readonly passwords: Map<DocumentId, string>;
}

interface HowToRead {
  readonly password: string | null;
  /** For OCR; null: the file's own text only. */
  readonly languages: readonly string[] | null;
}

export interface IncomingFiles {
  add(file: File): void;
  /** Tries a failed file once more, with a password where it asked for one. */
  retry(key: string, password: string | null): void;
  /** Tries a failed scan once more, its pages read by OCR. */
  readByOcr(key: string, languages: readonly string[]): void;
  /** The row is gone, and with it the way to try again. */
  forget(key: string): void;
}

/** Files on their way to become documents, one after the other; each can be cancelled by itself. */
export function incomingFiles(ports: IncomingPorts, jobs: JobQueue, rows: Rows): IncomingFiles {
  const { library } = ports;
  /** A File is a handle and costs nothing; kept while its row can be tried again, with the last password for it. */
  const files = new Map<string, { readonly file: File; readonly password: string | null }>();
  let serial = 0;

  function enqueue(key: string, file: File, how: HowToRead): void {
    jobs.add(key, (signal) => work(key, file, how, signal));
  }

  async function work(key: string, file: File, { password, languages }: HowToRead, signal: AbortSignal): Promise<void> {
    rows.patch(key, { state: "reading" });
    const onRecognised = (progress: Progress): void => {
      if (!signal.aborted) rows.patch(key, { state: "recognising", progress });
    };
    const reader = languages === null ? ports.reader : readerWithOcr(ports.reader, ports.ocr, languages, onRecognised);
    try {
      const read = await ingest(
        { reader, embedder: ports.embedder },
        file,
        { known: (id) => library.records.get(id), chunking: library.chunking, password },
        signal,
        (step) => {
          if (step.step === "identified") rows.patch(key, { id: step.id });
          else rows.patch(key, { state: step.step, progress: step.progress.of > 0 ? step.progress : null });
        },
      );
      const made = languages === null ? read : withOcr(read, read.pages, languages);
      signal.throwIfAborted();
      if (password !== null) ports.passwords.set(made.record.id, password);
      await library.add([made]);
      // Cancelled, or everything deleted, while it was being written.
      if (signal.aborted) await library.remove(made.record.id);
      signal.throwIfAborted();
      files.delete(key);
      rows.settle(key, made.record);
      await rows.added();
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code === "CANCELLED" || signal.aborted) rows.drop(key);
      else if (error.code === "FILE_DUPLICATE") {
        rows.drop(key);
        rows.duplicate(file.name, String(error.facts["existing"]));
      } else rows.patch(key, { state: "failed", error: withName(error, file.name), id: null, progress: null });
    }
  }

  function again(key: string, password: string | null, languages: HowToRead["languages"]): void {
    const kept = files.get(key);
    if (kept === undefined) return;
    files.set(key, { ...kept, password });
    rows.patch(key, { state: "queued", error: null, progress: null });
    enqueue(key, kept.file, { password, languages });
  }

  return {
    add(file) {
      const key = `file-${(serial += 1)}`;
      files.set(key, { file, password: null });
      const { name, size: bytes } = file;
      rows.add({ key, id: null, name, bytes, state: "queued", progress: null, record: null, error: null });
      enqueue(key, file, { password: null, languages: null });
    },
    retry(key, password) {
      again(key, password, null);
    },
    readByOcr(key, languages) {
      again(key, files.get(key)?.password ?? null, languages);
    },
    forget: (key) => void files.delete(key),
  };
}

export function withName(error: EngineError, name: string): EngineError["data"] {
  return { ...error.data, facts: { name, ...error.facts } };
}
