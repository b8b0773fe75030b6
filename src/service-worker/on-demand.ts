import type { Surroundings } from "./precache.ts";

/** Large files that few people use: fetched when asked for, and kept from then on. */
const FOLDERS = ["tesseract/", "tessdata/"];

export function isOnDemand(request: Request, scope: string): boolean {
  return FOLDERS.some((folder) => request.url.startsWith(scope + folder));
}

/**
 * From the network while there is one, so that its files always belong together; without one, what was kept. They
 * carry no hash in our list: an answer with an error, or the page of a host that answers everything, is not kept.
 */
export async function respondOnDemand(request: Request, { caches, fetch, scope }: Surroundings): Promise<Response> {
  // Another beginning than the builds' caches have: an update leaves it alone.
  const cache = await caches.open(`second-look on demand ${new URL(scope).pathname}`);
  try {
    const response = await fetch(request);
    const isPage = response.headers.get("Content-Type")?.includes("html") === true;
    // Without the room to keep it, it is still an answer.
    if (response.status === 200 && !isPage) await cache.put(request.url, response.clone()).catch(() => {});
    return response;
  } catch (offline) {
    const found = await cache.match(request.url, { ignoreVary: true });
    if (found === undefined) throw offline;
    return found;
  }
}
