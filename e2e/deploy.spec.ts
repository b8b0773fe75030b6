import { createHash } from "node:crypto";
import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import type { Guard } from "./support/fixtures.ts";
import { startPlainHost } from "./support/static-server.mjs";
import type { PlainHost } from "./support/static-server.mjs";

test.use({ storesSite: true });

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

/** A host that sends no headers, below a path: GitHub Pages, or a folder on any web server. */
async function withHost(guard: Guard, root: string, use: (host: PlainHost) => Promise<void>): Promise<void> {
  const host = await startPlainHost({ root });
  guard.allowOrigin(host.origin);
  try {
    await use(host);
  } finally {
    await host.stop();
  }
}

test("D1 without headers: not isolated at first, isolated once the service worker took over", async ({
  page,
  guard,
}) => {
  await withHost(guard, dist, async (host) => {
    // The app may reload itself at once, so the first document writes down what it was.
    await page.addInitScript(() => {
      const key = "e2e first";
      if (sessionStorage.getItem(key) === null) sessionStorage.setItem(key, String(crossOriginIsolated));
    });
    await page.goto(host.url);
    await takenOver(page);
    expect(await page.evaluate(() => sessionStorage.getItem("e2e first"))).toBe("false");
    expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
    await expect(page.locator("[data-app-state=ready]")).toBeAttached();
  });
});

test("D2 every request stays below the site's path", async ({ page, guard }) => {
  await withHost(guard, dist, async (host) => {
    await page.goto(host.url);
    await takenOver(page);
    await expect(page.locator("[data-app-state=ready]")).toBeAttached();
    const requests = guard.requests.filter((url) => !url.startsWith("blob:"));
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.filter((url) => !url.startsWith(host.url))).toEqual([]);
  });
});

test("D3 with the server gone, the app starts again, isolated", async ({ page, guard }) => {
  await withHost(guard, dist, async (host) => {
    await page.goto(host.url);
    await takenOver(page);
    await host.stop();
    // The browser looks for a newer sw.js on every navigation, and says so when it cannot.
    guard.expectError(/sw\.js/);
    await page.reload();
    await expect(page.locator("[data-app-state=ready]")).toBeAttached();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const model = await page.evaluate(async () => (await fetch("models/manifest.json")).json());
    expect(model).toBeTruthy();
  });
});

test("D4 a new build waits, downloads only what changed, and takes over when asked", async ({ page, guard }, info) => {
  const root = info.outputPath("site");
  await cp(dist, root, { recursive: true });
  await withHost(guard, root, async (host) => {
    await page.goto(host.url);
    await takenOver(page);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const before = host.served.length;
    await makeNewBuild(root);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect.poll(() => page.evaluate(hasWaiting)).toBe(true);
    // As a set: the browser looks for a newer sw.js after a navigation too, whenever it likes.
    expect(new Set(host.served.slice(before))).toEqual(new Set(["index.html", "sw.js"]));
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);

    await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.postMessage("skip-waiting"));
    await expect.poll(() => page.evaluate(() => caches.keys().then((names) => names.length))).toBe(1);
    // The new worker is in charge and still nothing was reloaded under the person's hands.
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    await host.stop();
    guard.expectError(/sw\.js/);
    await page.reload();
    await expect(page.locator("[data-app-state=ready]")).toBeAttached();
    expect(await page.content()).toContain("the next build");
  });
});

test("D5 a file that is not what was built is never stored; the page works on without", async ({
  page,
  guard,
}, info) => {
  const root = info.outputPath("site");
  await cp(dist, root, { recursive: true });
  await appendFile(join(root, "models/manifest.json"), " ");
  await withHost(guard, root, async (host) => {
    await page.goto(host.url);
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.register("sw.js").catch(() => null);
      const worker = registration?.installing ?? null;
      if (worker === null) return;
      await new Promise<void>((done) => {
        const look = (): void => (worker.state === "redundant" ? done() : undefined);
        worker.addEventListener("statechange", look);
        look();
      });
    });
    await expect(page.locator("[data-app-state=ready]")).toBeAttached();
    // The page registers by itself too, a moment after it is ready: that attempt may still be storing files.
    await expect.poll(() => page.evaluate(stored)).toEqual({ caches: [], installing: false });
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  });
});

test("D6 while a second tab is open, the files of the build before stay", async ({ page, context, guard }, info) => {
  const root = info.outputPath("site");
  await cp(dist, root, { recursive: true });
  await withHost(guard, root, async (host) => {
    await page.goto(host.url);
    await takenOver(page);
    const second = await context.newPage();
    await second.goto(host.url);
    await expect(second.locator("[data-app-state=ready]")).toBeAttached();
    await makeNewBuild(root);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect.poll(() => page.evaluate(hasWaiting)).toBe(true);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.postMessage("skip-waiting"));
    await expect.poll(() => page.evaluate(hasWaiting)).toBe(false);
    await page.reload();
    expect(await page.content()).toContain("the next build");
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);
    await second.close();
    await page.reload();
    await expect.poll(() => page.evaluate(() => caches.keys().then((names) => names.length))).toBe(1);
  });
});

async function stored(): Promise<{ readonly caches: string[]; readonly installing: boolean }> {
  const registration = await navigator.serviceWorker.getRegistration();
  return { caches: await caches.keys(), installing: (registration?.installing ?? null) !== null };
}

async function hasWaiting(): Promise<boolean> {
  return (await navigator.serviceWorker.ready).waiting !== null;
}

/** Changes one file of a built site, and its service worker's list with it. */
async function makeNewBuild(root: string): Promise<void> {
  const page = join(root, "index.html");
  const oldHash = sha256(await readFile(page));
  await writeFile(page, (await readFile(page, "utf8")).replace("</head>", "<!-- the next build --></head>"));
  const worker = join(root, "sw.js");
  const code = await readFile(worker, "utf8");
  const build = /build:\W([0-9a-f]{16})\W/.exec(code)?.[1];
  if (build === undefined || !code.includes(oldHash)) throw new Error("sw.js does not look as it did");
  await writeFile(worker, code.replace(build, "0123456789abcdef").replace(oldHash, sha256(await readFile(page))));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function takenOver(page: Page): Promise<void> {
  const state = async (): Promise<string> => {
    try {
      return await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready;
        return `${active?.state} ${crossOriginIsolated}`;
      });
    } catch {
      // The app reloaded itself meanwhile.
      return "reloading";
    }
  };
  await expect.poll(async () => (await state()).startsWith("activated"), { timeout: 60_000 }).toBe(true);
  if ((await state()) === "activated false") await page.reload();
  await expect.poll(state).toBe("activated true");
}
