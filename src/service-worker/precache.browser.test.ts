import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PrecacheManifest } from "./manifest.ts";
import { cacheName, cachePrefix, deleteOlder, install } from "./precache.ts";
import type { Surroundings } from "./precache.ts";

/** A site made of strings, on the real CacheStorage of the browser. */
class FakeSite implements Surroundings {
  readonly caches = caches;
  readonly asked: string[] = [];
  readonly files = new Map<string, string>();
  readonly types = new Map<string, string>();
  readonly scope: string;

  constructor(scope: string) {
    this.scope = scope;
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    const path = decodeURIComponent(request.url.slice(this.scope.length));
    this.asked.push(`${path} ${request.cache}`);
    const text = this.files.get(path);
    const headers = {
      "Content-Type": this.types.get(path) ?? "text/plain",
      "Content-Encoding": "gzip",
      Vary: "Cookie",
    };
    return text === undefined ? new Response("gone", { status: 404 }) : new Response(text, { headers });
  };

  async manifest(build: string): Promise<PrecacheManifest> {
    const entries = Array.from(this.files, async ([path, text]) => ({
      path,
      sha256: await sha256(text),
      bytes: text.length,
    }));
    return { build, entries: await Promise.all(entries) };
  }

  async names(): Promise<string[]> {
    return (await caches.keys()).filter((name) => name.startsWith(cachePrefix(this.scope)));
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let site: FakeSite;

beforeEach(() => {
  site = new FakeSite(`${location.origin}/precache/`);
  site.files.set("index.html", "<p>one</p>").set("assets/a b#1.js", "let a;").set("models/m.onnx", "weights");
  site.types.set("index.html", "text/html");
});

afterEach(async () => {
  // Other test files share this origin's CacheStorage at the same time.
  const mine = (await caches.keys()).filter((name) => name.includes("/precache/"));
  for (const name of mine) await caches.delete(name);
});

describe("install", () => {
  test("PC1 stores every file, also one with a space and a # in its name, with plain headers", async () => {
    const manifest = await site.manifest("b1");
    await install(manifest, site);
    const cache = await caches.open(cacheName(site.scope, "b1"));
    for (const { path, sha256: hash } of manifest.entries) {
      const url = site.scope + path.split("/").map(encodeURIComponent).join("/");
      const found = await cache.match(`${url}?sha256=${hash}`);
      expect(await found?.text(), path).toBe(site.files.get(path));
      expect(found?.headers.has("Content-Encoding")).toBe(false);
    }
    expect(site.asked.toSorted()).toEqual([
      "assets/a b#1.js no-cache",
      "index.html no-cache",
      "models/m.onnx no-cache",
    ]);
  });

  test.each(["missing", "changed", "html"])("PC2 all or nothing: one file %s leaves no cache", async (how) => {
    const manifest = await site.manifest("b1");
    if (how === "missing") site.files.delete("models/m.onnx");
    if (how === "changed") site.files.set("models/m.onnx", "weightz");
    if (how === "html") site.types.set("models/m.onnx", "text/html; charset=utf-8");
    await expect(install(manifest, site)).rejects.toThrow("models/m.onnx");
    expect(await site.names()).toEqual([]);
  });

  test("PC3 a stale copy in the HTTP cache is passed by on the second try", async () => {
    const manifest = await site.manifest("b1");
    const fresh = site.fetch;
    const stale = async (request: Request): Promise<Response> =>
      request.cache === "no-cache" ? new Response("older bytes") : fresh(request);
    await install(manifest, { caches, scope: site.scope, fetch: stale });
    expect(site.asked.every((each) => each.endsWith(" reload"))).toBe(true);
    expect(await site.names()).toHaveLength(1);
  });

  test("PC4 an update downloads only what changed", async () => {
    await install(await site.manifest("b1"), site);
    site.asked.length = 0;
    site.files.set("index.html", "<p>two</p>");
    await install(await site.manifest("b2"), site);
    expect(site.asked).toEqual(["index.html no-cache"]);
    expect(await site.names()).toHaveLength(2);
  });

  test("PC5 a failed update leaves the build in use untouched, also after a roll-back to it", async () => {
    const first = await site.manifest("b1");
    await install(first, site);
    site.files.set("index.html", "<p>two</p>");
    const second = await site.manifest("b2");
    site.files.delete("index.html");
    await expect(install(second, site)).rejects.toThrow("index.html");
    expect(await site.names()).toEqual([cacheName(site.scope, "b1")]);
    const cache = await caches.open(cacheName(site.scope, "b1"));
    await cache.delete(`${site.scope}models/m.onnx?sha256=${await sha256("weights")}`);
    site.files.delete("models/m.onnx");
    await expect(install(first, site)).rejects.toThrow("models/m.onnx");
    expect(await site.names()).toEqual([cacheName(site.scope, "b1")]);
  });
});

describe("deleteOlder", () => {
  test("PC6 removes the builds before, not a newer one that waits, not a neighbour's on the same origin", async () => {
    const neighbour = new FakeSite(`${location.origin}/precache/inner/`);
    neighbour.files.set("index.html", "other");
    await install(await neighbour.manifest("n1"), neighbour);
    await caches.open("a library's /precache/ cache");
    for (const build of ["b1", "b2", "b3"]) {
      site.files.set("index.html", build);
      await install(await site.manifest(build), site);
    }
    await deleteOlder("b2", site);
    expect((await site.names()).toSorted()).toEqual([cacheName(site.scope, "b2"), cacheName(site.scope, "b3")]);
    await deleteOlder("b3", site);
    await deleteOlder("b3", site);
    expect(await site.names()).toEqual([cacheName(site.scope, "b3")]);
    expect(await neighbour.names()).toEqual([cacheName(neighbour.scope, "n1")]);
    expect(await caches.has("a library's /precache/ cache")).toBe(true);
  });
});
