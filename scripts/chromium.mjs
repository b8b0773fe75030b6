import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, bin, run } from "./project.mjs";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium that starts: CHROMIUM, the system's, Playwright's own; else it installs one and looks
 * again. Null when none can be had.
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.log("No Chromium found; installing one, once …");
  // On Debian as root its package is quicker and needs no other host; elsewhere only Playwright's download works.
  const ways = isDebianRoot() ? [debianPackage, playwrightDownload] : [playwrightDownload];
  for (const install of ways) {
    await install();
    const now = await findChromium();
    if (now) return now;
  }
  return null;
}

async function findChromium() {
  const named = process.env["CHROMIUM"];
  if (named) {
    if (starts(named)) return named;
    console.error(`CHROMIUM=${named} does not start; looking elsewhere.`);
  }
  const { chromium } = await import(pathToFileURL(join(ROOT, "node_modules/playwright/index.mjs")).href);
  return [...USUAL_PLACES, chromium.executablePath()].find(starts) ?? null;
}

/** Ubuntu has a /usr/bin/chromium-browser that only says to install a snap, so being there is not enough. */
function starts(path) {
  if (!existsSync(path)) return false;
  // Chrome on Windows opens a window instead of printing its version.
  if (process.platform === "win32") return true;
  try {
    return /\d+\.\d+\.\d+/.test(
      execFileSync(path, ["--version"], { encoding: "utf8", stdio: "pipe", timeout: 30_000 }),
    );
  } catch {
    return false;
  }
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function debianPackage() {
  const quiet = { env: { DEBIAN_FRONTEND: "noninteractive" }, quiet: true };
  await run("apt-get", ["update", "-q"], quiet);
  await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], quiet);
}

async function playwrightDownload() {
  await run(process.execPath, [bin("playwright"), "install", "chromium"]);
}
