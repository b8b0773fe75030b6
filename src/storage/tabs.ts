import type { DocumentId } from "#core/model.ts";
import type { StoreChange } from "#core/ports.ts";

/** The largest import seen (4 GB of PDFs) writes for about 26 s; beyond twice that the other tab is stuck. */
const LOCK_PATIENCE_MS = 60_000;

/** How tabs with the same library stay out of each other's way. */
export interface Tabs {
  /**
   * Runs the job as the only writer of all tabs. IndexedDB alone would keep the data whole; the lock also keeps
   * messages in the order of the commits.
   */
  write<T>(job: () => Promise<T>): Promise<T>;
  tell(change: StoreChange): void;
  /** Hears other tabs only. */
  onChange(listener: (change: StoreChange) => void): () => void;
  close(): void;
}

/** Where Web Locks or BroadcastChannel are missing, writing still works; only the other tabs learn of it at reload. */
export function openTabs(name: string): Tabs {
  const address = `second-look/${name}`;
  const listeners = new Set<(change: StoreChange) => void>();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(address);
  // A channel does not hear itself, which is what makes this "other tabs only".
  channel?.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (!isStoreChange(event.data)) return;
    for (const listener of listeners) listener(event.data);
  });
  return {
    async write(job) {
      // Typed as always there, but absent outside secure contexts.
      const locks = navigator.locks as LockManager | undefined;
      if (locks === undefined) return job();
      return locks.request(`${address}/writer`, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }, job);
    },
    tell(change) {
      channel?.postMessage(change);
    },
    onChange(listener) {
      // Wrapped, so that one function registered twice is removed once.
      const own = (change: StoreChange): void => listener(change);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    close() {
      listeners.clear();
      channel?.close();
    },
  };
}

/** A tab of another version may say things that this one does not know. */
function isStoreChange(data: unknown): data is StoreChange {
  if (typeof data !== "object" || data === null || !("kind" in data)) return false;
  if (data.kind === "cleared") return true;
  return (data.kind === "put" || data.kind === "deleted") && "ids" in data && isIds(data.ids);
}

function isIds(value: unknown): value is DocumentId[] {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}
