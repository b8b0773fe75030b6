import { isOnDemand, respondOnDemand } from "./on-demand.ts";
import { SHELL, fileUrl } from "./manifest.ts";
import type { PrecacheEntry, PrecacheManifest } from "./manifest.ts";
import { cacheKey, cacheName, cachePrefix } from "./precache.ts";
import type { Surroundings } from "./precache.ts";
import { sliceResponse } from "./range.ts";

/** The built site as the worker serves it. */
export interface Site extends Surroundings {
  readonly manifest: PrecacheManifest;
  /** The policy of index.html's meta tag; a worker script obeys only the policy in its own response. */
  readonly policy: string;
}

/** The pages that may ask another origin: their own meta tags say which. */
const OPEN: readonly string[] = ["hub.html", "endpoint.html"];

/** Whether the worker answers at all: reads of our own site, nothing else. */
export function isOurs(request: Request, scope: string): boolean {
  if (request.method !== "GET" || !request.url.startsWith(scope)) return false;
  // fetch() throws on this pair, which the developer tools do send.
  return request.cache !== "only-if-cached" || request.mode === "same-origin";
}

/** Answers from the cache of this build, else from an older build still open in another tab, else from the network. */
export async function respond(request: Request, site: Site): Promise<Response> {
  const entry = entryOf(request, site);
  if (entry === undefined && isOnDemand(request, site.scope)) {
    return isolate(await respondOnDemand(request, site), site.policy);
  }
  const found = entry === undefined ? await fromOlder(request, site) : await fromCurrent(entry, site);
  const policy = entry !== undefined && OPEN.includes(entry.path) ? null : site.policy;
  if (found === undefined) return isolate(await site.fetch(request), policy);
  const range = request.headers.get("Range");
  const whole = range === null || request.headers.has("If-Range");
  return isolate(whole ? found : await sliceResponse(found, range), policy);
}

/** The manifest's file for a request; a query string never selects another static file. */
function entryOf(request: Request, site: Site): PrecacheEntry | undefined {
  const { origin, pathname } = new URL(request.url);
  const asked = origin + pathname;
  const path = asked === site.scope ? SHELL : undefined;
  return site.manifest.entries.find((entry) => entry.path === path || fileUrl(entry.path, site.scope) === asked);
}

async function fromCurrent(entry: PrecacheEntry, site: Site): Promise<Response | undefined> {
  const cache = await site.caches.open(cacheName(site.scope, site.manifest.build));
  return cache.match(cacheKey(entry, site.scope));
}

async function fromOlder(request: Request, site: Site): Promise<Response | undefined> {
  if (request.mode === "navigate") return undefined;
  const names = await site.caches.keys();
  for (const name of names.filter((each) => each.startsWith(cachePrefix(site.scope)))) {
    const cache = await site.caches.open(name);
    const found = await cache.match(request.url, { ignoreSearch: true });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Statuses whose response may have no body; the constructor refuses one. */
const BODYLESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * The same response with the headers that make a page cross-origin isolated, and with the site's policy on pages
 * and scripts; null for a page that brings its own. Rebuilding also drops the `redirected` mark, which a navigation may not carry.
 */
export function isolate(response: Response, policy: string | null): Response {
  // Opaque redirects and network errors have status 0 and cannot be rebuilt; the browser follows or reports them.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const type = headers.get("Content-Type") ?? "";
  if (policy !== null && /html|javascript/.test(type)) headers.set("Content-Security-Policy", policy);
  const body = BODYLESS.has(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
