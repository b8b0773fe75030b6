import type {
  Chunk,
  ChunkId,
  DocumentId,
  DocumentRecord,
  Progress,
  SearchableDocument,
  StoredDocument,
  VectorStamp,
} from "#core/model.ts";
import type { Embedder, LibraryFiles, Retriever, Signal, Store, StoreChange } from "#core/ports.ts";
import { DEFAULT_CHUNK_SETTINGS } from "#core/chunk/settings.ts";
import { prepare, warningsOf } from "./prepare.ts";

export interface LibraryPorts {
  readonly store: Store;
  readonly retriever: Retriever;
  readonly embedder: Embedder;
  readonly files: LibraryFiles;
}

export interface Imported {
  readonly records: readonly DocumentRecord[];
  /** How many had vectors of another model and were embedded anew. */
  readonly reembedded: number;
}

/** The documents at hand: the store, the index and the chunk texts, kept in step. */
export class Library {
  readonly #ports: LibraryPorts;
  readonly #records = new Map<DocumentId, DocumentRecord>();
  readonly #chunks = new Map<ChunkId, Chunk>();
  #revision = 0;

  constructor(ports: LibraryPorts) {
    this.#ports = ports;
  }

  get records(): ReadonlyMap<DocumentId, DocumentRecord> {
    return this.#records;
  }

  get chunks(): ReadonlyMap<ChunkId, Chunk> {
    return this.#chunks;
  }

  /** Changes with every change of what can be found: part of the key of every retrieval. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Reads the stored library. Returns the documents whose vectors another model made (rule S2):
   * they are not searchable until `reembed` is done with them.
   */
  async open(onDocument: (record: DocumentRecord) => void): Promise<DocumentRecord[]> {
    const stale: DocumentRecord[] = [];
    const records = await this.#ports.store.list();
    if (records.length === 0) return stale;
    const stamp = await this.#ports.embedder.vectorStamp(DEFAULT_CHUNK_SETTINGS);
    // Read side by side, taken in one after the other: the list, the index and an export keep the store's order.
    const read = await Promise.all(
      records.map(async ({ id, vectorStamp }) =>
        sameStamp(vectorStamp, stamp) ? this.#ports.store.searchable(id) : null,
      ),
    );
    for (const [at, record] of records.entries()) {
      const document = read[at];
      if (document === null) stale.push(record);
      else if (document) await this.#index(document);
      onDocument(record);
    }
    return stale;
  }

  async add(documents: readonly StoredDocument[]): Promise<void> {
    await this.#ports.store.put(documents);
    for (const document of documents) await this.#index(document);
  }

  async remove(id: DocumentId): Promise<void> {
    await this.#ports.store.delete(id);
    await this.#forget(id);
  }

  async clear(): Promise<void> {
    await this.#ports.store.clear();
    await this.#forgetAll();
  }

  /** Follows what another tab did to the store. */
  async follow(change: StoreChange): Promise<void> {
    if (change.kind === "cleared") await this.#forgetAll();
    else if (change.kind === "deleted") for (const id of change.ids) await this.#forget(id);
    else for (const id of change.ids) await this.#reload(id);
  }

  /** New chunks and vectors by the present model; the old ones stay stored until the new are complete (S1, S2). */
  async reembed(
    id: DocumentId,
    signal: Signal,
    onProgress: (progress: Progress) => void,
  ): Promise<DocumentRecord | null> {
    const stored = await this.#ports.store.get(id);
    if (stored === undefined) return null;
    const document = await this.#withPresentModel(stored, signal, onProgress);
    await this.add([document]);
    return document.record;
  }

  /** The whole library as one file. */
  exportFile(settings: unknown, signal: Signal, onProgress: (progress: Progress) => void): Promise<Blob> {
    const ids = [...this.#records.keys()];
    const { store } = this.#ports;
    async function* documents(): AsyncGenerator<StoredDocument> {
      for (const [done, id] of ids.entries()) {
        signal.throwIfAborted();
        onProgress({ done, of: ids.length });
        const document = await store.get(id);
        if (document) yield document;
      }
    }
    return this.#ports.files.encode(documents(), settings);
  }

  /** Reads a library file, embeds anew what another model embedded, then adds all documents at once or none. */
  async importFile(
    file: Blob,
    signal: Signal,
    onProgress: (progress: Progress) => void,
  ): Promise<Imported & { readonly settings: unknown }> {
    const { documents, settings } = await this.#ports.files.decode(file);
    const stamp = await this.#ports.embedder.vectorStamp(DEFAULT_CHUNK_SETTINGS);
    const ready: StoredDocument[] = [];
    let reembedded = 0;
    for (const [done, document] of documents.entries()) {
      signal.throwIfAborted();
      onProgress({ done, of: documents.length });
      if (sameStamp(document.record.vectorStamp, stamp)) ready.push(document);
      else {
        ready.push(await this.#withPresentModel(document, signal, () => {}));
        reembedded += 1;
      }
    }
    signal.throwIfAborted();
    await this.add(ready);
    return { records: ready.map((document) => document.record), reembedded, settings };
  }

  async #withPresentModel(
    document: StoredDocument,
    signal: Signal,
    onProgress: (progress: Progress) => void,
  ): Promise<StoredDocument> {
    const made = await prepare(this.#ports.embedder, document.record.id, document.pages, signal, onProgress);
    const { vectorStamp, ...rest } = made;
    const warnings = warningsOf(document.pages, made.readable);
    const state = warnings.length > 0 ? "partial" : "ready";
    const record = { ...document.record, vectorStamp, chunkCount: made.chunks.length, warnings, state } as const;
    return { ...document, ...rest, record };
  }

  /** Fills the index again from the store: after its worker died it starts empty. */
  async reindex(): Promise<void> {
    await this.#ports.retriever.clear();
    for (const id of this.#records.keys()) await this.#reload(id);
  }

  /** How many chunks a search over these documents must look at; null = all. */
  chunkCount(documents: readonly DocumentId[] | null): number {
    const ids = documents ?? [...this.#records.keys()];
    return ids.reduce((sum, id) => sum + (this.#records.get(id)?.chunkCount ?? 0), 0);
  }

  async #reload(id: DocumentId): Promise<void> {
    const document = await this.#ports.store.searchable(id);
    if (document) await this.#index(document);
  }

  async #index(document: SearchableDocument): Promise<void> {
    const { record, chunks, vectors, readable } = document;
    const { id } = record;
    this.#dropTexts(id);
    await this.#ports.retriever.add({ id, chunks, vectors, readable, dimension: record.vectorStamp.dimension });
    this.#records.set(id, record);
    for (const chunk of chunks) this.#chunks.set(chunk.id, chunk);
    this.#revision += 1;
  }

  async #forget(id: DocumentId): Promise<void> {
    this.#dropTexts(id);
    this.#records.delete(id);
    this.#revision += 1;
    await this.#ports.retriever.remove(id);
  }

  async #forgetAll(): Promise<void> {
    this.#chunks.clear();
    this.#records.clear();
    this.#revision += 1;
    await this.#ports.retriever.clear();
  }

  #dropTexts(id: DocumentId): void {
    if (!this.#records.has(id)) return;
    for (const [key, chunk] of this.#chunks) if (chunk.documentId === id) this.#chunks.delete(key);
  }
}

/** Rule S2: equal in everything that changes a vector. */
export function sameStamp(a: VectorStamp, b: VectorStamp): boolean {
  return (
    a.model === b.model &&
    a.revision === b.revision &&
    a.dtype === b.dtype &&
    a.dimension === b.dimension &&
    a.passagePrefix === b.passagePrefix &&
    a.chunker === b.chunker &&
    a.chunking.size === b.chunking.size &&
    a.chunking.overlap === b.chunking.overlap
  );
}
