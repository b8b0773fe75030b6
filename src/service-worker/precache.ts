import { fileUrl } from "./manifest.ts";
import type { PrecacheEntry, PrecacheManifest } from "./manifest.ts";

/** What the worker needs from its surroundings; tests hand in their own `fetch`. */
export interface Surroundings {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Address of the site's root, with a trailing slash. */
  readonly scope: string;
}

/** More parallel downloads than a browser opens per host gain nothing. */
const PARALLEL = 6;

/**
 * Caches of this site begin with this. The path is part of it because on `name.github.io` every project
 * shares one origin, and so one CacheStorage: a clean-up must not touch a neighbour's.
 */
export function cachePrefix(scope: string): string {
  return `second-look ${new URL(scope).pathname} `;
}

export function cacheName(scope: string, build: string): string {
  return cachePrefix(scope) + build;
}

/** The key carries the content's hash, so a cache can never answer with another build's bytes. */
export function cacheKey(entry: PrecacheEntry, scope: string): string {
  return `${fileUrl(entry.path, scope)}?sha256=${entry.sha256}`;
}

/**
 * Puts every file of the manifest into this build's cache, or leaves no cache and throws.
 * Files that an older build already stored with the same hash are copied, not downloaded: an update of
 * a few kB must not fetch 14 MB of runtime again.
 */
export async function install(manifest: PrecacheManifest, around: Surroundings): Promise<void> {
  const name = cacheName(around.scope, manifest.build);
  const names = (await around.caches.keys()).filter((each) => each.startsWith(cachePrefix(around.scope)));
  const older = names.filter((each) => each !== name);
  const sources = await Promise.all(older.map((each) => around.caches.open(each)));
  const cache = await around.caches.open(name);
  const queue = [...manifest.entries];
  const lane = async (): Promise<void> => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      const key = cacheKey(entry, around.scope);
      if ((await cache.match(key)) !== undefined) continue;
      await cache.put(key, (await stored(sources, key)) ?? (await download(entry, around)));
    }
  };
  const stopAll = (error: unknown): never => {
    queue.length = 0;
    throw error;
  };
  const lanes = await Promise.allSettled(Array.from({ length: PARALLEL }, () => lane().catch(stopAll)));
  const broken = lanes.find((outcome) => outcome.status === "rejected");
  if (broken !== undefined) {
    // After a roll-back this build's cache may be the one in use.
    if (!names.includes(name)) await around.caches.delete(name);
    throw broken.reason;
  }
  await cache.put(olderKey(around.scope), Response.json(older));
}

/**
 * Deletes the caches that were there when this build was installed. Never "all but mine": a newer build that
 * waits for its turn has its cache already.
 */
export async function deleteOlder(build: string, around: Surroundings): Promise<void> {
  const cache = await around.caches.open(cacheName(around.scope, build));
  const listed = await cache.match(olderKey(around.scope));
  if (listed === undefined) return;
  const names: unknown = await listed.json();
  await Promise.all((Array.isArray(names) ? names : []).map((name) => around.caches.delete(String(name))));
  await cache.delete(olderKey(around.scope));
}

/** Inside a build's cache: the names of the caches that it replaces. */
function olderKey(scope: string): string {
  return `${scope}?replaces`;
}

async function stored(caches: readonly Cache[], key: string): Promise<Response | undefined> {
  for (const cache of caches) {
    const found = await cache.match(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A stale or truncated copy in the HTTP cache fails the hash; the second try goes past that cache. */
async function download(entry: PrecacheEntry, around: Surroundings): Promise<Response> {
  try {
    return await verified(entry, around, "no-cache");
  } catch {
    return verified(entry, around, "reload");
  }
}

async function verified(entry: PrecacheEntry, around: Surroundings, mode: RequestCache): Promise<Response> {
  const url = fileUrl(entry.path, around.scope);
  const response = await around.fetch(new Request(url, { cache: mode, credentials: "same-origin" }));
  if (!response.ok) throw new Error(`precache ${entry.path}: HTTP ${response.status}`);
  const type = response.headers.get("Content-Type") ?? "";
  // A host that answers a missing file with its start page sends HTML and 200.
  if (type.startsWith("text/html") && !entry.path.endsWith(".html")) {
    throw new Error(`precache ${entry.path}: the host answered with an HTML page`);
  }
  const body = await response.arrayBuffer();
  const hash = await sha256(body);
  if (hash !== entry.sha256) {
    throw new Error(`precache ${entry.path}: ${body.byteLength} bytes, SHA-256 ${hash}, expected ${entry.sha256}`);
  }
  // Only these headers: a stored Content-Encoding would describe bytes that are no longer encoded.
  return new Response(body, { headers: { "Content-Type": type, "Content-Length": String(body.byteLength) } });
}

async function sha256(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
