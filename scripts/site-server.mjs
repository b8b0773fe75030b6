import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join, resolve, sep } from "node:path";

const TYPES = {
  ".bcmap": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".icc": "application/octet-stream",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".onnx": "application/octet-stream",
  ".pdf": "application/pdf",
  ".pfb": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * A static file server for `root`, not yet listening. `base` is the path it answers under, with slashes at both
 * ends. `headersFor(type, name)` gives the extra headers of an answer; leave it out for a host that sends none.
 */
export function createSiteServer({ root, base = "/", headersFor = () => ({}) }) {
  const folder = resolve(root);
  return createServer((request, response) => {
    answer(request, response, { folder, base, headersFor }).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

/** The headers of a careful host: isolation (threads), the page's own policy also for its workers, no sniffing. */
export async function careful(root) {
  const html = await readFile(join(root, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1];
  return (type, file) => ({
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    // frame-ancestors works only as a header.
    ...(policy && /html|javascript/.test(type)
      ? // The pages that ask the model hub and an endpoint bring policies of their own, and stand in frames of ours.
        {
          "Content-Security-Policy": ["hub.html", "endpoint.html"].includes(file)
            ? "frame-ancestors 'self'"
            : `${policy}; frame-ancestors 'none'`,
        }
      : {}),
  });
}

async function answer(request, response, { folder, base, headersFor }) {
  const plain = (status, text, headers = {}) => {
    const type = "text/plain; charset=utf-8";
    response.writeHead(status, { "Content-Type": type, ...headersFor(type), ...headers });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  const path = pathOf(request.url);
  if (request.method !== "GET" && request.method !== "HEAD") plain(405, "Only GET and HEAD\n", { Allow: "GET, HEAD" });
  else if (path === null) plain(400, "Bad address\n");
  else if (`${path}/` === base) plain(308, "", { Location: base });
  else {
    const found = await find(folder, base, path);
    if (found === null) plain(404, "Not found\n");
    else send(request, response, found, headersFor, plain);
  }
}

/** The file for a path, with its size and date; null where there is none, or it would be outside the folder. */
async function find(folder, base, path) {
  if (!path.startsWith(base)) return null;
  const inside = path.slice(base.length);
  const file = join(folder, inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside);
  if (!file.startsWith(folder + sep)) return null;
  const info = await stat(file).catch(() => null);
  return info?.isFile() ? { file, size: info.size, modified: info.mtimeMs } : null;
}

function send(request, response, { file, size, modified }, headersFor, plain) {
  const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
  const etag = `"${size.toString(16)}-${Math.trunc(modified).toString(16)}"`;
  const headers = {
    "Content-Type": type,
    "Accept-Ranges": "bytes",
    ETag: etag,
    // Only names with a content hash may be kept without asking again.
    "Cache-Control": /[\\/]assets[\\/]/.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
    ...headersFor(type, basename(file)),
  };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = rangeOf(request.headers, size, etag);
  if (range === "unsatisfiable") {
    plain(416, "", { "Content-Range": `bytes */${size}` });
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const part = range ? { "Content-Range": `bytes ${start}-${end}/${size}` } : {};
  response.writeHead(range ? 206 : 200, { ...headers, ...part, "Content-Length": end - start + 1 });
  if (request.method === "HEAD" || size === 0) {
    response.end();
    return;
  }
  createReadStream(file, { start, end })
    .on("error", () => response.destroy())
    .pipe(response);
}

function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    return path.includes("\0") ? null : path;
  } catch {
    return null;
  }
}

/** One byte range, else null for the whole file; RFC 9110 lets a server ignore what it does not do. */
function rangeOf(headers, size, etag) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  if (headers["if-range"] && headers["if-range"] !== etag) return null;
  if (match[1] === "") {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== "" && Number(match[2]) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}

/** Listens on this machine only. `port` 0 takes any free one. Resolves to the port, rejects with EADDRINUSE. */
export function listen(server, port) {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      done(server.address().port);
    });
  });
}

/** Ends at once: open keep-alive connections are closed, not waited for. */
export function close(server) {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
