import { chromium } from "playwright";
import { ensureChromium } from "../scripts/chromium.mjs";

/** One Chromium for the whole run, found as npm test finds it. */
export async function launch() {
  const executablePath = await ensureChromium();
  if (executablePath === null) throw new Error("no Chromium: set CHROMIUM to one");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
