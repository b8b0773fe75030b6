import { toEngineError, type ErrorData } from "#core/base/errors.ts";
import type { DocumentId, DocumentRecord } from "#core/model.ts";
import type { Embedder } from "#core/ports.ts";
import type { Library } from "#engine/library.ts";
import { recogniseDocument, type OcrPorts } from "#engine/ocr.ts";
import { withName } from "./incoming-files.ts";
import type { JobQueue } from "./job-queue.ts";
import type { LibraryItem } from "./view.ts";

export interface StoredOcrPorts {
  readonly library: Library;
  readonly embedder: Embedder;
  readonly ocr: OcrPorts;
  /** Passwords that opened a document in this session. */
  readonly passwords: ReadonlyMap<DocumentId, string>;
}

/** Rows of the library, as far as OCR of a stored document needs them. */
interface StoredRows {
  patch(key: string, change: Partial<LibraryItem>): void;
  /** The row shows the document as it is stored now. */
  settle(key: string, record: DocumentRecord): void;
  /** Its text is another one now. */
  changed(): void;
  /** It stays as it was: nothing was recognised, or why it failed. */
  unchanged(record: DocumentRecord, error: ErrorData | null): void;
}

/** Another job than the row's own: new chunk settings meanwhile take their turn behind it, and end nothing. */
export function ocrJob(key: string): string {
  return `ocr ${key}`;
}

/** OCR of the pages without text of a stored document. Whatever ends it early, the document stays as it was. */
export function enqueueStoredOcr(
  { library, embedder, ocr, passwords }: StoredOcrPorts,
  jobs: JobQueue,
  rows: StoredRows,
  key: string,
  record: DocumentRecord,
  languages: readonly string[],
): void {
  const { id } = record;
  const password = passwords.get(id) ?? null;
  rows.patch(key, { state: "queued", error: null, progress: null });
  jobs.add(ocrJob(key), async (signal) => {
    rows.patch(key, { state: "recognising", progress: null });
    try {
      const made = await library.change(id, signal, (stored) =>
        recogniseDocument(
          { ...ocr, embedder },
          stored,
          { languages, password, chunking: () => library.chunking },
          signal,
          ({ step, progress }) => {
            if (!signal.aborted) rows.patch(key, { state: step, progress: progress.of > 0 ? progress : null });
          },
        ),
      );
      if (made !== null) {
        rows.settle(key, made);
        return rows.changed();
      }
      if (library.records.has(id)) rows.unchanged(record, null);
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code !== "CANCELLED" && !signal.aborted) rows.unchanged(record, withName(error, record.name));
    }
    const now = library.records.get(id);
    if (now !== undefined) rows.settle(key, now);
  });
}
