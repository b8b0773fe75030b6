import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

/** Playwright's own Chromium is used only where the system has none; npm test sets CHROMIUM. */
const systemChromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const executable = existsSync(systemChromium) ? { executablePath: systemChromium } : {};
const port = Number(process.env["E2E_PORT"] ?? 4190);

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Two cores: one browser runs the models, the other core serves and drives it.
  workers: 1,
  retries: 0,
  // Real models on a busy machine; a hang must still end the run.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}/`,
    // Recording every test to keep the failed ones costs a core of the two; E2E_TRACE=1 for a hunt.
    trace: process.env["E2E_TRACE"] === undefined ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...executable,
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Chromium itself asks Google about forms that it might fill; the guard cannot tell that from the page's doing.
        "--disable-features=AutofillServerCommunication",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    // Only the journeys that say so: title with @mobile.
    { name: "mobile", grep: /@mobile/, use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } } },
  ],
  webServer: {
    command: `node scripts/start.mjs --no-build --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 20_000,
  },
});
