import { test as base, expect } from "@playwright/test";
import { startOutside } from "./outside.ts";
import type { Outside } from "./outside.ts";

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
}

interface WorkerFixtures {
  readonly outside: Outside;
}

/**
 * Playwright's `test` with a guard on every test: nothing goes to another origin, and the console stays clean.
 * Tests that launch a browser of their own must start it with `outside.proxy` as well.
 */
export const test = base.extend<{ guard: Guard }, WorkerFixtures>({
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
  // Chromium itself asks for nothing with the flags of playwright.config.ts, so every attempt is the page's.
  contextOptions: async ({ contextOptions, outside }, use) => {
    await use({ ...contextOptions, proxy: { server: outside.proxy, bypass: "localhost,127.0.0.1" } });
  },
  guard: [
    async ({ context, baseURL, outside }, use) => {
      const requests: string[] = [];
      const problems: string[] = [];
      const expected: RegExp[] = [];
      const origins = new Set([new URL(baseURL ?? "http://localhost").origin]);
      const note = (text: string): void => {
        if (!expected.some((pattern) => pattern.test(text))) problems.push(text);
      };
      context.on("request", (request) => requests.push(request.url()));
      context.on("console", (message) => {
        if (message.type() !== "error") return;
        note(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
      outside.attempts.length = 0;
      await use({
        requests,
        problems,
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

function isInside(url: string, origins: ReadonlySet<string>): boolean {
  const { protocol, origin } = new URL(url);
  // blob: carries its creator's origin; data: has none and leaves nothing.
  return protocol === "data:" || origins.has(origin);
}
