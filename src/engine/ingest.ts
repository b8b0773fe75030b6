import { EngineError } from "#core/base/errors.ts";
import { blobTypeOf } from "#core/blob-type.ts";
import {
  TEXT_VERSION,
  type ChunkSettings,
  type DocumentId,
  type DocumentRecord,
  type Progress,
  type StoredDocument,
} from "#core/model.ts";
import type { Embedder, DocumentReader, Signal } from "#core/ports.ts";
import { documentIdOf } from "./hash.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { prepare, stateOf, warningsOf } from "./prepare.ts";

export interface IngestPorts {
  readonly reader: DocumentReader;
  readonly embedder: Embedder;
}

export interface IngestOptions {
  /** Looks a document up by its content; a hit is FILE_DUPLICATE. */
  readonly known: (id: DocumentId) => DocumentRecord | undefined;
  readonly chunking: ChunkSettings;
  /** What the person typed for this file, else null. */
  readonly password: string | null;
}

export type IngestStep =
  /** The content is known: the document's identity from here on. */
  | { readonly step: "identified"; readonly id: DocumentId }
  | { readonly step: "reading" | "embedding"; readonly progress: Progress };

/**
 * One file → one document, ready to be stored. Stores nothing itself, so a cancel or a crash leaves nothing.
 *
 * @throws FILE_EMPTY, FILE_TOO_LARGE, FILE_DUPLICATE, FILE_UNREADABLE, and whatever the reader and the embedder throw
 */
export async function ingest(
  ports: IngestPorts,
  file: File,
  { known, chunking, password }: IngestOptions,
  signal: Signal,
  onStep: (step: IngestStep) => void,
): Promise<StoredDocument> {
  if (file.size === 0) throw new EngineError("FILE_EMPTY", "", { name: file.name });
  if (file.size > MAX_FILE_BYTES) {
    throw new EngineError("FILE_TOO_LARGE", "", { name: file.name, bytes: file.size, limit: MAX_FILE_BYTES });
  }
  const bytes = await file.arrayBuffer().catch((cause: unknown) => {
    throw new EngineError("FILE_UNREADABLE", String(cause), { name: file.name }, cause);
  });
  signal.throwIfAborted();
  const id = await documentIdOf(bytes);
  const twin = known(id);
  if (twin) throw new EngineError("FILE_DUPLICATE", "", { name: file.name, existing: twin.name, id });
  onStep({ step: "identified", id });

  // A copy in memory: the person may move or change the file on disk while it is read.
  const copy = new Blob([bytes]);
  onStep({ step: "reading", progress: { done: 0, of: 0 } });
  let isReading = true;
  const read = ports.reader.read({ bytes, name: file.name, password }, signal, (progress) => {
    // Between threads progress and the answer travel apart: the last page may be reported after the file has failed.
    if (isReading) onStep({ step: "reading", progress });
  });
  const {
    format,
    title,
    pages,
    warnings: found,
  } = await read.finally(() => {
    isReading = false;
  });
  signal.throwIfAborted();
  onStep({ step: "embedding", progress: { done: 0, of: 0 } });
  const made = await prepare(ports.embedder, id, pages, chunking, null, signal, (progress) =>
    onStep({ step: "embedding", progress }),
  );
  const warnings = [...found, ...warningsOf(pages, made.readable)];
  const record: DocumentRecord = {
    id,
    name: file.name,
    bytes: file.size,
    addedAt: Date.now(),
    format,
    title,
    textVersion: TEXT_VERSION,
    ocr: null,
    pageCount: pages.length,
    pageLabels: pages.some((page) => page.label !== null) ? pages.map((page) => page.label) : null,
    chunkCount: made.chunks.length,
    state: stateOf(warnings),
    warnings,
    vectorStamp: made.vectorStamp,
  };
  const blob = copy.slice(0, copy.size, blobTypeOf(format));
  return { record, file: blob, pages, chunks: made.chunks, vectors: made.vectors, readable: made.readable };
}
