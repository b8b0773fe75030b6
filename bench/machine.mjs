import { execFileSync } from "node:child_process";
import { cpus, loadavg, platform, release } from "node:os";
import { ROOT } from "../scripts/project.mjs";

/** Where these numbers were made: nothing in the table may be quoted without it. */
export async function machine(browser) {
  const processors = cpus();
  return {
    at: new Date().toISOString().slice(0, 19),
    commit: commit(),
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    loadAtStart: loadavg()[0],
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    chromium: browser.version(),
  };
}

function commit() {
  try {
    const git = (...args) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }).trim();
    const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : " with changes";
    return `${git("rev-parse", "--short", "HEAD")}${changed}`;
  } catch {
    return "unknown";
  }
}
