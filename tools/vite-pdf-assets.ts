import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Plugin } from "vite";

const PACKAGE = fileURLToPath(new URL("../node_modules/pdfjs-dist/", import.meta.url));
/** What pdf.js fetches on demand, each folder with the licence files that lie in it. */
const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"];
/** QuickJS runs scripts of a PDF, which we never do; the fallbacks serve browsers without WASM, where nothing of ours runs. */
const LEFT_OUT = /quickjs|_nowasm_fallback/i;
const TYPES: Readonly<Record<string, string>> = { wasm: "application/wasm" };

/** Serves pdf.js's data files under `pdfjs/` in development and copies them there in a build. */
export function pdfAssets(): Plugin {
  const files = [...listFiles(), { name: "LICENSE", path: join(PACKAGE, "LICENSE") }];
  const byName = new Map(files.map(({ name, path }) => [`/pdfjs/${name}`, path]));
  return {
    name: "pdf-assets",
    // Already ES modules, and found late, in a worker: bundled then, Vite would reload the page in the middle of a run.
    config: () => ({ optimizeDeps: { exclude: ["pdfjs-dist"] } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = byName.get(new URL(request.url ?? "/", "http://localhost").pathname);
        if (path === undefined) return next();
        response.setHeader("Content-Type", TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream");
        createReadStream(path).pipe(response);
      });
    },
    generateBundle() {
      for (const { name, path } of files) {
        this.emitFile({ type: "asset", fileName: `pdfjs/${name}`, source: readFileSync(path) });
      }
    },
  };
}

function listFiles(): { name: string; path: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(PACKAGE, folder))
      .filter((name) => !LEFT_OUT.test(name))
      .map((name) => ({ name: `${folder}/${name}`, path: join(PACKAGE, folder, name) })),
  );
}
