import { openDB } from "idb";
import type { DBSchema, IDBPDatabase, IDBPObjectStore, IDBPTransaction } from "idb";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentId, DocumentRecord, Page } from "#core/model.ts";
import type { ChunkColumns } from "./chunk-columns.ts";
import { storageError } from "./errors.ts";
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

/** Step i brings version i to i + 1. Published steps are never edited; a change of the schema is a new step. */
export type Upgrader = (database: Database, transaction: UpgradeTransaction) => void | Promise<void>;

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

/** Another tab that closes on request still finishes its transaction first; a 40 MB PDF takes 0.3 s. */
const BLOCKED_GRACE_MS = 3000;

export interface ConnectionEvents {
  /** Another tab upgrades (new version) or deletes (null) the database; the connection is closed already. */
  superseded(version: number | null): void;
  /** The browser closed the connection by itself. */
  terminated(): void;
}

/**
 * Opens and upgrades.
 * @throws STORE_BLOCKED (a newer app wrote it, or an old tab keeps it open), STORE_BROKEN
 */
export async function openDatabase(
  name: string,
  events: ConnectionEvents,
  upgraders: readonly Upgrader[] = UPGRADERS,
): Promise<Database> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  let refused = false;
  let stepError: unknown = null;
  return new Promise((resolve, reject) => {
    const opening = openDB<LibrarySchema>(name, upgraders.length, {
      upgrade: (database, from, _to, transaction) => {
        void upgrade(database, transaction, upgraders.slice(from)).catch((error: unknown) => {
          stepError = error;
        });
      },
      blocked: (current) => {
        giveUp = setTimeout(() => {
          refused = true;
          reject(
            new EngineError("STORE_BLOCKED", "another tab keeps an old version open", { reason: "old-tab", current }),
          );
        }, BLOCKED_GRACE_MS);
      },
      blocking: (_current, next, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        events.superseded(next);
      },
      terminated: () => events.terminated(),
    });
    opening.then(
      (database) => {
        clearTimeout(giveUp);
        // We said no already: what opened late must not block others in turn.
        if (refused) database.close();
        else resolve(database);
      },
      (error: unknown) => {
        clearTimeout(giveUp);
        // A step that failed only shows as AbortError here.
        reject(storageError(stepError ?? error, { reason: stepError === null ? "open" : "upgrade" }));
      },
    );
  });
}

/** A step that fails takes the whole upgrade with it: the database stays at its old version. */
async function upgrade(database: Database, transaction: UpgradeTransaction, steps: readonly Upgrader[]): Promise<void> {
  // The opening rejects too, and that is the one we listen to.
  transaction.done.catch(() => undefined);
  try {
    for (const step of steps) await step(database, transaction);
  } catch (error) {
    transaction.abort();
    throw error;
  }
}
