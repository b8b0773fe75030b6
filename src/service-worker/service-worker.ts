/**
 * The service worker of the built site: keeps every file for use without a network, and adds the headers that
 * allow threads on hosts that send none. Why it is our own: docs/decisions/service-worker.md.
 */
import { deleteOlder, install } from "./precache.ts";
import type { PrecacheManifest } from "./manifest.ts";
import { isOurs, respond } from "./respond.ts";
import type { Site } from "./respond.ts";

/** Both are filled in by tools/vite-service-worker.ts. */
declare const BUILT_MANIFEST: PrecacheManifest;
declare const BUILT_POLICY: string;

// The library knows one `self` for all kinds of workers.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const worker = self as unknown as ServiceWorkerGlobalScope;

const site: Site = {
  caches: worker.caches,
  fetch: (request) => worker.fetch(request),
  scope: worker.registration.scope,
  manifest: BUILT_MANIFEST,
  policy: BUILT_POLICY,
};

/** With another tab open, that tab may still run the build before: its files stay until it is gone. */
async function tidy(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = windows.filter(({ url }) => url.startsWith(site.scope));
  if (ours.length <= 1) await deleteOlder(site.manifest.build, site);
}

worker.addEventListener("install", (event) => event.waitUntil(install(site.manifest, site)));

worker.addEventListener("activate", (event) => {
  // Claiming gives the first visit its offline copy and isolated workers without a second visit.
  event.waitUntil(Promise.all([worker.clients.claim(), tidy()]));
});

worker.addEventListener("message", (event) => {
  // A new build waits until the person agrees: never a swap under a running job.
  if (event.data === "skip-waiting") event.waitUntil(worker.skipWaiting());
});

worker.addEventListener("fetch", (event) => {
  if (!isOurs(event.request, site.scope)) return;
  event.respondWith(respond(event.request, site));
  if (event.request.mode === "navigate") event.waitUntil(tidy());
});
