import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { AppPage } from "./app.ts";
import { startOutside } from "./outside.ts";
import type { Outside } from "./outside.ts";
import { sampleLibrary, type Samples } from "./samples.ts";

/** Everything that a test's browser did and must not do; a non-empty list fails the test at its end. */
export interface Guard {
  /** Address of every request of the context, in order. */
  readonly requests: readonly string[];
  /** Requests to other origins (rule N1), console errors, CSP violations and uncaught errors so far. */
  readonly problems: string[];
  /** Another origin that belongs to this test, such as a second server on this machine. */
  allowOrigin(origin: string): void;
  /** A console or page error that this test provokes on purpose. */
  expectError(pattern: RegExp): void;
  /** Wipes everything noted so far; for the guard's own tests. */
  forget(): void;
  /** A second context of the same test comes under the same guard. */
  watch(context: BrowserContext): void;
}

interface TestFixtures {
  readonly guard: Guard;
  /** The page with the sample library in it: imported, so that the test begins after a second. */
  readonly app: AppPage;
  /** Where `app` opens: settings may stand in the hash. */
  readonly startAt: string;
  /**
   * Whether the service worker may store the site. Off but where a test is about it: reading, checking and storing
   * 35 MB takes seconds of each fresh browser's life.
   */
  readonly storesSite: boolean;
  /** A page of a browser that has never seen this site. */
  readonly freshPage: () => Promise<Page>;
}

interface WorkerFixtures {
  readonly outside: Outside;
  readonly samples: Samples;
}

const HOME = "./";

/**
 * Playwright's `test` with a guard on every test: nothing goes to another origin, and the console stays clean.
 * Tests that launch a browser of their own must start it with `outside.proxy` as well.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  outside: [
    // Playwright reads the names from this pattern; there are none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const outside = await startOutside();
      await use(outside);
      await outside.close();
    },
    { scope: "worker" },
  ],
  samples: [
    async ({ browser, outside }, use, { project }) => {
      outside.attempts.length = 0;
      const made = await sampleLibrary(browser, {
        baseURL: project.use.baseURL ?? "",
        viewport: { width: 1440, height: 900 },
        proxy: throughOutside(outside),
      });
      expect(outside.attempts, "requests to other origins while the samples were read").toEqual([]);
      await use(made);
    },
    // The one reading of the samples, on a machine that may be busy.
    { scope: "worker", timeout: 300_000 },
  ],
  startAt: [HOME, { option: true }],
  storesSite: [false, { option: true }],
  app: async ({ page, samples, startAt }, use) => {
    const app = await new AppPage(page).open();
    await app.importLibrary(samples.file);
    // Settings come with an import; a start with others has to come after it.
    if (startAt !== HOME) await app.restart(startAt);
    await use(app);
  },
  freshPage: async ({ browser, guard }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      guard.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  // Chromium itself asks for nothing with the flags of playwright.config.ts, so every attempt is the page's.
  contextOptions: async ({ contextOptions, outside }, use) => {
    await use({ ...contextOptions, proxy: throughOutside(outside) });
  },
  guard: [
    async ({ context, baseURL, outside, storesSite }, use) => {
      if (!storesSite) await context.addInitScript(neverRegister);
      const requests: string[] = [];
      const problems: string[] = [];
      const expected: RegExp[] = [];
      const origins = new Set([new URL(baseURL ?? "http://localhost").origin]);
      const note = (text: string): void => {
        if (!expected.some((pattern) => pattern.test(text))) problems.push(text);
      };
      const watch = (watched: BrowserContext): void => {
        watched.on("request", (request) => requests.push(request.url()));
        watched.on("console", (message) => {
          if (message.type() !== "error") return;
          note(`console: ${message.text()} (${message.location().url})`);
        });
        watched.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
      };
      watch(context);
      outside.attempts.length = 0;
      await use({
        requests,
        problems,
        watch,
        allowOrigin: (origin) => origins.add(origin),
        expectError: (pattern) => expected.push(pattern),
        forget: () => {
          for (const list of [requests, problems, outside.attempts]) list.length = 0;
        },
      });
      const foreign = requests.filter((url) => !isInside(url, origins));
      for (const url of [...foreign, ...outside.attempts]) problems.push(`N1: request to ${url}`);
      expect(problems, "requests to other origins, console errors, CSP violations").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

function throughOutside({ proxy }: Outside): { server: string; bypass: string } {
  return { server: proxy, bypass: "localhost,127.0.0.1" };
}

/** Runs in the page: the site's request for a service worker stays unanswered. */
function neverRegister(): void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker) serviceWorker.register = () => new Promise(() => {});
}

function isInside(url: string, origins: ReadonlySet<string>): boolean {
  const { protocol, origin } = new URL(url);
  // blob: carries its creator's origin; data: has none and leaves nothing.
  return protocol === "data:" || origins.has(origin);
}
