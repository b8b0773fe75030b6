import { chromium } from "@playwright/test";
import type { LaunchOptions, Page } from "@playwright/test";

export interface MortalBrowser {
  readonly page: Page;
  /** SIGKILL to every process of this browser; resolves when it is gone. No power cut: what the system holds still reaches the disk. */
  kill(): Promise<void>;
}

/**
 * A browser on a profile that outlives it; `launch` is the project's. With a profile Chromium itself asks Google about
 * accounts and updates, so nothing is recorded here: what is not this machine goes to a port where nobody listens.
 */
export async function startMortalBrowser(
  profile: string,
  launch: LaunchOptions,
  baseURL: string,
): Promise<MortalBrowser> {
  const proxy = { server: "http://127.0.0.1:9", bypass: "localhost,127.0.0.1" };
  const context = await chromium.launchPersistentContext(profile, { ...launch, baseURL, proxy });
  const session = await context.browser()!.newBrowserCDPSession();
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    kill: async () => {
      const gone = new Promise((resolve) => context.once("close", resolve));
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      // The browser first: it would otherwise notice that its children die, and could still write.
      for (const { id } of processInfo.toSorted(
        (a, b) => Number(b.type === "browser") - Number(a.type === "browser"),
      )) {
        try {
          process.kill(id, "SIGKILL");
        } catch {
          // It went with its parent.
        }
      }
      await gone;
    },
  };
}
