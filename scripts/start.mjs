// npm start: from a fresh clone to a running site. Options: --port N, --no-build.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, bin, ensureInstalled, isBuilt, requireNode, run } from "./project.mjs";
import { careful, close, createSiteServer, listen } from "./site-server.mjs";

const FIRST_PORT = 4173;
const dist = join(ROOT, "dist");

requireNode();
const options = readOptions(process.argv.slice(2));
if (options.build) {
  await ensureInstalled();
  if (!isBuilt()) await build();
}
if (!existsSync(join(dist, "index.html"))) stop("There is no dist/index.html. Run npm run build first.");

const server = createSiteServer({ root: dist, headersFor: await careful(dist) });
console.log(`Second Look is at http://localhost:${await open(server, options.port)}/`);
if (process.stdout.isTTY) console.log("Ctrl-C ends it. Documents stay in your browser.");
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void close(server));

function readOptions(args) {
  const found = { build: true, port: process.env["PORT"] };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--no-build") found.build = false;
    else if (args[i] === "--port") found.port = args[++i] ?? "";
    else if (args[i].startsWith("--port=")) found.port = args[i].slice("--port=".length);
    else stop(`Unknown option ${args[i]}. Known: --port N, --no-build.`);
  }
  if (found.port === undefined) return found;
  const port = Number(found.port);
  if (found.port === "" || !Number.isInteger(port) || port < 0 || port > 65535) stop(`"${found.port}" is not a port.`);
  return { ...found, port };
}

async function build() {
  console.log("Building …");
  const code = await run(process.execPath, [bin("vite"), "build", "--logLevel", "warn"], { quiet: true });
  if (code !== 0) stop("The build failed; see above.");
}

/** A port that was asked for is taken or refused; without one, the first free from 4173. */
async function open(site, wanted) {
  for (let port = wanted ?? FIRST_PORT; ; port++) {
    try {
      return await listen(site, port);
    } catch (error) {
      if (error.code === "EADDRINUSE" && wanted === undefined && port < FIRST_PORT + 100) continue;
      stop(error.code === "EADDRINUSE" ? `Port ${port} is in use. Choose another with --port.` : error.message);
    }
  }
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
