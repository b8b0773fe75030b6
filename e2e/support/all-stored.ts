import type { Page } from "@playwright/test";

/** Everything that this origin keeps, as one text: cookies, web storage, every database, caches, private files. Read past the app. */
export async function allStored(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  const stored = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error));
      });
    const decoder = new TextDecoder("latin1");
    const told = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return decoder.decode(await value.arrayBuffer());
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decoder.decode(value);
      if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
        return (await Promise.all([...value].map((it: unknown) => told(it)))).join(" ");
      }
      if (typeof value === "object" && value !== null) {
        const parts = Object.entries(value).map(async ([key, it]) => `${key} ${await told(it)}`);
        return (await Promise.all(parts)).join(" ");
      }
      return String(value);
    };
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, history.state];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store, "readonly").objectStore(store);
        const [keys, values] = [settled(objects.getAllKeys()), settled(objects.getAll())];
        parts.push(await told(await keys), await told(await values));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      parts.push(...(await cache.keys()).map(({ url }) => url));
    }
    const files = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, entry] of folder.entries()) {
        parts.push(name);
        if (entry instanceof FileSystemDirectoryHandle) await files(entry);
        else parts.push(await told(await (entry as FileSystemFileHandle).getFile()));
      }
    };
    await files(await navigator.storage.getDirectory());
    return parts.map(String).join("\n");
  });
  return `${JSON.stringify(cookies)}\n${stored}`;
}
