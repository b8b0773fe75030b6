import type { DBSchema, IDBPDatabase, IDBPObjectStore, IDBPTransaction } from "idb";
import type { DocumentId, DocumentRecord, Page } from "#core/model.ts";
import type { ChunkColumns } from "./chunk-columns.ts";
import { openVersioned, type ConnectionEvents, type VersionStep } from "./open.ts";
import { columnsFrom1, pageFrom1, recordFrom1, type Page1, type Record1 } from "./version-1.ts";

/** What search needs beyond the record: one value per document, so that a library is few large reads. */
export interface Content {
  readonly chunks: ChunkColumns;
  readonly vectors: Float32Array;
  readonly readable: Uint8Array;
}

/** Every store is keyed by document id; a document has exactly one value in each (rule S1). */
export interface LibrarySchema extends DBSchema {
  records: { key: DocumentId; value: DocumentRecord };
  contents: { key: DocumentId; value: Content };
  pages: { key: DocumentId; value: readonly Page[] };
  files: { key: DocumentId; value: Blob };
}

export const PARTS = ["records", "contents", "pages", "files"] as const;
export type Part = (typeof PARTS)[number];
export type Database = IDBPDatabase<LibrarySchema>;
type UpgradeTransaction = IDBPTransaction<LibrarySchema, Part[], "versionchange">;
export type Upgrader = VersionStep<LibrarySchema>;

export const UPGRADERS: readonly Upgrader[] = [
  (database) => {
    for (const part of PARTS) database.createObjectStore(part);
  },
  // Blocks, character maps, formats, heading paths. Cursors: one document in memory at a time.
  async (_, transaction) => {
    await eachValue(transaction, "records", (record) => recordFrom1(record as unknown as Record1));
    await eachValue(transaction, "pages", (pages) => (pages as unknown as Page1[]).map(pageFrom1));
    await eachValue(transaction, "contents", (content) => ({
      ...content,
      chunks: columnsFrom1(content.chunks),
    }));
  },
];

async function eachValue<P extends Part>(
  transaction: UpgradeTransaction,
  part: P,
  change: (value: LibrarySchema[P]["value"]) => LibrarySchema[P]["value"],
): Promise<void> {
  const store: IDBPObjectStore<LibrarySchema, Part[], P, "versionchange"> = transaction.objectStore(part);
  for (let cursor = await store.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    await cursor.update(change(cursor.value));
  }
}

/** Opens and upgrades the library. @throws as `openVersioned` */
export function openDatabase(
  name: string,
  events: ConnectionEvents,
  upgraders: readonly Upgrader[] = UPGRADERS,
): Promise<Database> {
  return openVersioned<LibrarySchema>(name, events, upgraders);
}
