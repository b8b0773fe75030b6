// Plain Node and nothing installed: these functions run before `npm ci`.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the process with a clear sentence when this Node is older than package.json's `engines`. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const [major, minor] = /(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number);
  const [hasMajor, hasMinor] = process.versions.node.split(".").map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  console.error(`Second Look needs Node ${major}.${minor} or newer; this is Node ${process.versions.node}.`);
  console.error("Install a newer one from https://nodejs.org and run the same command again.");
  process.exit(1);
}

/** Runs a command in the project and resolves to its exit code. With `quiet`, its output shows only if it fails. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    const kept = [];
    child.stdout?.on("data", (part) => kept.push(part));
    child.stderr?.on("data", (part) => kept.push(part));
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      done(127);
    });
    child.on("close", (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(kept));
      done(code ?? 1);
    });
  });
}

/** Runs npm itself, also where it is a `.cmd` file that cannot be spawned directly. */
export function runNpm(args, options) {
  const script = process.env["npm_execpath"];
  if (script && /\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, options);
}

/** The JavaScript file behind a package's command, to be run with this same Node. */
export function bin(packageName, command = packageName) {
  const folder = join(ROOT, "node_modules", packageName);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bins === "string" ? bins : bins[command]);
}

/**
 * Whether node_modules holds what package-lock.json names. Compares contents, because a fresh clone, a checkout
 * and a copied folder all have dates that say nothing.
 */
export function isInstalled() {
  const receipt = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(receipt)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(receipt, "utf8")).packages;
  // Optional packages are other platforms' binaries for the most part; links are folders of this repository.
  return Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.optional && !entry.link)
    .every(([path, entry]) => found[path]?.version === entry.version);
}

/** Installs the packages of the lock file when they are missing or others. Exits when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log("Installing packages (npm ci), once …");
  const code = await runNpm(["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
  if (code === 0) return;
  console.error("npm ci failed; see above. It needs the npm registry; nothing else was changed.");
  process.exit(code);
}

/** What the built site is made of. Tests and documents change without changing the site. */
const SOURCES = ["index.html", "package.json", "package-lock.json", "vite.config.ts", "public", "src", "tools"];

/** Whether dist/ is complete and newer than everything that it is made of. */
export function isBuilt() {
  // The service worker is written last: a build that was cut off has none.
  const stamp = join(ROOT, "dist", "sw.js");
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return SOURCES.every((source) => newest(join(ROOT, source)) <= built);
}

/** Newest date under a path. Folders count too: theirs changes when a file in them is deleted or renamed. */
function newest(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
