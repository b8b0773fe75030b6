import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const MODULES = fileURLToPath(new URL("../node_modules/", import.meta.url));
const TESSDATA = fileURLToPath(new URL("../public/tessdata/", import.meta.url));

/** The worker, and of eight cores the one that every browser we support runs: LSTM only, with SIMD. */
const FILES: Readonly<Record<string, string>> = {
  "worker.min.js": "tesseract.js/dist/worker.min.js",
  "worker.min.js.LICENSE.txt": "tesseract.js/dist/worker.min.js.LICENSE.txt",
  "LICENSE.md": "tesseract.js/LICENSE.md",
  "tesseract-core-simd-lstm.js": "tesseract.js-core/tesseract-core-simd-lstm.js",
  "tesseract-core-simd-lstm.wasm": "tesseract.js-core/tesseract-core-simd-lstm.wasm",
  "LICENSE-core": "tesseract.js-core/LICENSE",
};
const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", wasm: "application/wasm" };

/** Serves Tesseract under `tesseract/` and the list of language data as `tessdata/index.json`; copies both in a build. */
export function ocrAssets(): Plugin {
  return {
    name: "ocr-assets",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        if (pathname === "/tessdata/index.json") {
          response.setHeader("Content-Type", "application/json");
          return response.end(listLanguages());
        }
        const file = pathname.startsWith("/tesseract/") ? FILES[pathname.slice("/tesseract/".length)] : undefined;
        if (file === undefined) return next();
        response.setHeader("Content-Type", TYPES[file.split(".").at(-1) ?? ""] ?? "text/plain");
        createReadStream(join(MODULES, file)).pipe(response);
      });
    },
    generateBundle() {
      for (const [name, path] of Object.entries(FILES)) {
        this.emitFile({ type: "asset", fileName: `tesseract/${name}`, source: readFileSync(join(MODULES, path)) });
      }
      this.emitFile({ type: "asset", fileName: "tessdata/index.json", source: listLanguages() });
    },
  };
}

/** What lies in public/tessdata, by whatever way it got there. */
function listLanguages(): string {
  const names = existsSync(TESSDATA)
    ? readdirSync(TESSDATA).filter((name) => /\.traineddata(?:\.gz)?$/.test(name))
    : [];
  const files = names.toSorted().map((file) => ({ file, bytes: statSync(join(TESSDATA, file)).size }));
  return JSON.stringify(files);
}
