import { blobTypeOf } from "#core/blob-type.ts";
import { passageText } from "#core/chunk/passage.ts";
import { MOST_UNKNOWN } from "#core/embedding/unknown.ts";
import type { CorpusDocument } from "#core/evaluate/formats/imported.ts";
import {
  TEXT_VERSION,
  type Chunk,
  type DocumentId,
  type Page,
  type StoredDocument,
  type VectorStamp,
} from "#core/model.ts";
import type { Embedder, Signal } from "#core/ports.ts";
import { documentIdOf } from "../hash.ts";
import type { Library } from "../library.ts";
import { EMBED_SLICE } from "../limits.ts";
import { stateOf, warningsOf } from "../prepare.ts";
import { corpusPage, fileText } from "./corpus-document.ts";

/** Documents stored in one transaction: what a stop or a crash loses at most, with the group that is embedded behind it. */
const GROUP = 50;
/** Characters of such a group: documents may be whole books. */
const GROUP_TEXT = 1_000_000;

export interface CorpusPorts {
  /** The corpus' own library, not the person's. */
  readonly library: Library;
  readonly embedder: Embedder;
}

/** Documents, counted from the start of the corpus. */
export interface CorpusProgress {
  /** Read so far: the sum of the three below, and of those that are still worked on. */
  readonly done: number;
  /** 0 where unknown. */
  readonly of: number;
  /** Stored by this import. */
  readonly added: number;
  /** In the library already: an import that was stopped goes on where it was. */
  readonly known: number;
  /** Without any text. */
  readonly empty: number;
}

interface Read {
  readonly id: DocumentId;
  readonly name: string;
  readonly title: string;
  readonly page: Page;
  readonly file: Blob;
}

/**
 * A corpus → text documents of a library, `record.name` = the corpus' id. Two groups of documents in memory at a time, one
 * being embedded while the one before is stored. What is stored stays when it is stopped.
 * @throws CANCELLED, QUOTA_EXCEEDED, and what the embedder throws
 */
export async function importCorpus(
  { library, embedder }: CorpusPorts,
  documents: AsyncIterable<CorpusDocument>,
  of: number,
  signal: Signal,
  onProgress: (progress: CorpusProgress) => void,
): Promise<CorpusProgress> {
  const stamp = await embedder.vectorStamp(library.chunking);
  const count = { done: 0, added: 0, known: 0, empty: 0 };
  /** Names of what is read but not stored yet, so that twins of one group are told apart. */
  const pending = new Map<DocumentId, string>();
  let group: Read[] = [];
  let length = 0;
  let storing: Promise<void> = Promise.resolve();

  const store = async (ready: readonly StoredDocument[]): Promise<void> => {
    await library.add(ready, signal);
    for (const { record } of ready) pending.delete(record.id);
    count.added += ready.length;
    onProgress({ ...count, of });
  };
  const flush = async (): Promise<void> => {
    const ready = await embedded(embedder, stamp, group, signal);
    [group, length] = [[], 0];
    await storing;
    storing = store(ready);
    // Looked at before the next group is stored; until then it must not count as unhandled.
    storing.catch(() => {});
  };

  try {
    for await (const document of documents) {
      signal.throwIfAborted();
      count.done += 1;
      const read = await identified(document, (id) => library.records.get(id)?.name ?? pending.get(id));
      if (typeof read === "string") count[read] += 1;
      else {
        pending.set(read.id, read.name);
        group.push(read);
        length += read.page.text.length;
      }
      if (group.length >= GROUP || length >= GROUP_TEXT) await flush();
      else if (count.done % GROUP === 0) onProgress({ ...count, of });
    }
    if (group.length > 0) await flush();
  } finally {
    await storing;
  }
  onProgress({ ...count, of });
  return { ...count, of };
}

/**
 * The identity is the file's, as with every document. Corpora hold the same text under several ids, and each of them may be
 * judged: a twin's file ends in one more newline.
 */
async function identified(
  document: CorpusDocument,
  nameOf: (id: DocumentId) => string | undefined,
): Promise<Read | "known" | "empty"> {
  const page = corpusPage(document);
  if (page === null) return "empty";
  const { id: name, title } = document;
  for (let text = fileText(document); ; text += "\n") {
    const bytes = new TextEncoder().encode(text);
    const id = await documentIdOf(bytes.buffer);
    const twin = nameOf(id);
    if (twin === name) return "known";
    if (twin === undefined) return { id, name, title, page, file: new Blob([bytes], { type: blobTypeOf("text") }) };
  }
}

/** Chunks and vectors of a group: slices reach over documents, which mostly are one chunk or two. */
async function embedded(
  embedder: Embedder,
  vectorStamp: VectorStamp,
  group: readonly Read[],
  signal: Signal,
): Promise<StoredDocument[]> {
  const { dimension, chunking } = vectorStamp;
  const chunks = await Promise.all(group.map(({ id, page }) => embedder.chunk(id, [page], chunking, signal)));
  const texts = chunks.flat().map(passageText);
  const vectors = new Float32Array(texts.length * dimension);
  const readable = new Uint8Array(texts.length);
  for (let from = 0; from < texts.length; from += EMBED_SLICE) {
    signal.throwIfAborted();
    const made = await embedder.embed(texts.slice(from, from + EMBED_SLICE), "passage", signal, () => {});
    vectors.set(made.vectors, from * dimension);
    for (const [i, share] of made.unknown.entries()) readable[from + i] = share > MOST_UNKNOWN ? 0 : 1;
  }
  let row = 0;
  return group.map((read, i) => {
    const own = chunks[i]!;
    const to = row + own.length;
    const columns = { vectors: vectors.slice(row * dimension, to * dimension), readable: readable.slice(row, to) };
    row = to;
    return storedOf(read, own, columns, vectorStamp);
  });
}

function storedOf(
  { id, name, title, page, file }: Read,
  chunks: readonly Chunk[],
  columns: Pick<StoredDocument, "vectors" | "readable">,
  vectorStamp: VectorStamp,
): StoredDocument {
  const pages = [page];
  const warnings = warningsOf(pages, columns.readable);
  return {
    record: {
      id,
      name,
      bytes: file.size,
      addedAt: Date.now(),
      format: "text",
      title: title.trim() === "" ? null : title.trim(),
      textVersion: TEXT_VERSION,
      ocr: null,
      pageCount: 1,
      pageLabels: null,
      chunkCount: chunks.length,
      state: stateOf(warnings),
      warnings,
      vectorStamp,
    },
    file,
    pages,
    chunks,
    ...columns,
  };
}
