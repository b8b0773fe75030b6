import { existsSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vite.config.ts";

/** Playwright's own Chromium is used only where the system has none. */
const systemChromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const executable = existsSync(systemChromium) ? { executablePath: systemChromium } : {};

export default mergeConfig(
  base,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: "node",
            environment: "node",
            // A busy machine is no failure; a hang still ends.
            testTimeout: 30_000,
            include: ["src/**/*.test.ts", "truth/*.test.ts"],
            exclude: ["**/*.browser.test.ts"],
          },
        },
        {
          extends: true,
          test: {
            name: "browser",
            include: ["src/**/*.browser.test.ts"],
            globalSetup: ["e2e/support/hub.setup.ts", "e2e/support/llm.setup.ts"],
            testTimeout: 60_000,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  ...executable,
                  args: [
                    "--no-sandbox",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    // An adapter that the processor plays; without it there is none.
                    "--enable-unsafe-webgpu",
                  ],
                },
              }),
              instances: [{ browser: "chromium" }],
            },
          },
        },
      ],
    },
  }),
);
