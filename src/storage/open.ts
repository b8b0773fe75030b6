import { openDB } from "idb";
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { EngineError } from "#core/base/errors.ts";
import { storageError } from "./errors.ts";

type UpgradeTransaction<S extends DBSchema> = IDBPTransaction<S, StoreNames<S>[], "versionchange">;

/** Step i brings version i to i + 1. Published steps are never edited; a change of the schema is a new step. */
export type VersionStep<S extends DBSchema> = (
  database: IDBPDatabase<S>,
  transaction: UpgradeTransaction<S>,
) => void | Promise<void>;

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
export async function openVersioned<S extends DBSchema>(
  name: string,
  events: ConnectionEvents,
  upgraders: readonly VersionStep<S>[],
): Promise<IDBPDatabase<S>> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  let refused = false;
  let stepError: unknown = null;
  return new Promise((resolve, reject) => {
    const opening = openDB<S>(name, upgraders.length, {
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
async function upgrade<S extends DBSchema>(
  database: IDBPDatabase<S>,
  transaction: UpgradeTransaction<S>,
  steps: readonly VersionStep<S>[],
): Promise<void> {
  // The opening rejects too, and that is the one we listen to.
  transaction.done.catch(() => undefined);
  try {
    for (const step of steps) await step(database, transaction);
  } catch (error) {
    transaction.abort();
    throw error;
  }
}
