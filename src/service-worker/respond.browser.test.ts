import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cachePrefix, install } from "./precache.ts";
import { isOurs, isolate, respond } from "./respond.ts";
import type { Site } from "./respond.ts";

const scope = `${location.origin}/some/path/`;
const policy = "default-src 'none'; script-src 'self'";
const files = new Map([
  ["index.html", { type: "text/html", text: "<p>shell</p>" }],
  ["assets/app.js", { type: "text/javascript", text: "let app;" }],
  ["models/m.onnx", { type: "application/octet-stream", text: "0123456789" }],
]);

/** Requests that reached the network. */
let network: string[] = [];

async function siteOf(build: string): Promise<Site> {
  const entries = Array.from(files, async ([path, { text }]) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return { path, sha256, bytes: text.length };
  });
  return {
    caches,
    scope,
    policy,
    manifest: { build, entries: await Promise.all(entries) },
    fetch: async (request) => {
      network.push(request.url.slice(scope.length));
      const file = files.get(request.url.slice(scope.length));
      if (file === undefined) return new Response("Not found", { status: 404 });
      return new Response(file.text, { headers: { "Content-Type": file.type } });
    },
  };
}

let site: Site;

beforeEach(async () => {
  site = await siteOf("b1");
  await install(site.manifest, site);
  network = [];
});

/** Other test files share this origin's CacheStorage at the same time. */
async function loseCaches(): Promise<void> {
  const mine = (await caches.keys()).filter((name) => name.startsWith(cachePrefix(scope)));
  for (const name of mine) await caches.delete(name);
}

afterEach(loseCaches);

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  respond(new Request(scope + path, { headers }), site);

describe("respond", () => {
  test.each(["", "index.html", "?view=compare", "index.html?x=1"])(
    "RS1 the root and its queries (%j) give the stored page",
    async (path) => {
      expect(await (await get(path)).text()).toBe("<p>shell</p>");
      expect(network).toEqual([]);
    },
  );

  test("RS2 a stored file comes without the network, isolated, and scripts carry the policy", async () => {
    const script = await get("assets/app.js?v=2");
    expect(await script.text()).toBe("let app;");
    expect(Object.fromEntries(script.headers)).toMatchObject({
      "content-type": "text/javascript",
      "content-security-policy": policy,
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const weights = await get("models/m.onnx");
    expect(weights.headers.has("Content-Security-Policy")).toBe(false);
    expect(network).toEqual([]);
  });

  test("RS3 a file that was never built goes to the network, and a 404 stays a 404", async () => {
    const answer = await get("models/other.onnx");
    expect(answer.status).toBe(404);
    expect(answer.headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
    expect(network).toEqual(["models/other.onnx"]);
  });

  test("RS4 a range of a stored file; with If-Range the whole file", async () => {
    const part = await get("models/m.onnx", { Range: "bytes=2-4" });
    expect([part.status, await part.text()]).toEqual([206, "234"]);
    const whole = await get("models/m.onnx", { Range: "bytes=2-4", "If-Range": '"old"' });
    expect([whole.status, await whole.text()]).toEqual([200, "0123456789"]);
  });

  test("RS5 a tab of the build before still gets its files", async () => {
    files.delete("assets/app.js");
    files.set("assets/app2.js", { type: "text/javascript", text: "let app2;" });
    site = await siteOf("b2");
    await install(site.manifest, site);
    network = [];
    expect(await (await get("assets/app.js")).text()).toBe("let app;");
    expect(await (await get("assets/app2.js")).text()).toBe("let app2;");
    expect(network).toEqual([]);
    files.delete("assets/app2.js");
    files.set("assets/app.js", { type: "text/javascript", text: "let app;" });
  });

  test("RS6 a lost cache falls back to the network", async () => {
    await loseCaches();
    expect(await (await get("assets/app.js")).text()).toBe("let app;");
    expect(network).toEqual(["assets/app.js"]);
  });
});

describe("isOurs", () => {
  test("RS7 only reads below the site's path", () => {
    expect(isOurs(new Request(`${scope}a.js`), scope)).toBe(true);
    expect(isOurs(new Request(`${scope}a.js`, { method: "POST" }), scope)).toBe(false);
    expect(isOurs(new Request(`${scope}a.js`, { method: "HEAD" }), scope)).toBe(false);
    expect(isOurs(new Request(`${location.origin}/other/a.js`), scope)).toBe(false);
    expect(isOurs(new Request("https://example.org/some/path/a.js"), scope)).toBe(false);
  });
});

describe("isolate", () => {
  test("RS8 answers that cannot be rebuilt pass as they are; bodyless ones keep their status", () => {
    const broken = Response.error();
    expect(isolate(broken, policy)).toBe(broken);
    expect(isolate(new Response(null, { status: 304 }), policy).status).toBe(304);
  });
});
