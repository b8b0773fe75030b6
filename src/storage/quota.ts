import type { StorageReport } from "#core/ports.ts";

/** Absent outside secure contexts, and partly absent in older browsers. */
function manager(): Partial<StorageManager> | undefined {
  return navigator.storage;
}

/** What the browser says. The quota is no promise: Chromium did not show a forced one. */
export async function storageReport(): Promise<StorageReport> {
  const storage = manager();
  const [estimate, persisted] = await Promise.all([
    storage?.estimate?.().catch((): StorageEstimate => ({})),
    storage?.persisted?.().catch(() => false),
  ]);
  return { used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0, persisted: persisted ?? false };
}

/** Where the browser cannot be asked, the answer is no. */
export async function askToPersist(): Promise<boolean> {
  return (
    (await manager()
      ?.persist?.()
      .catch(() => false)) ?? false
  );
}
