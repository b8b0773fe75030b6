import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { DocumentText } from "#core/model.ts";
import type { DocumentReader } from "#core/ports.ts";
import "#pdf/node.fixture.ts";
import { pdfReader } from "#pdf/reader.ts";

/** As `workers/wire` does it in the browser. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The shipped reader in Node, with pdf.js's data files served as the site serves them, for the tests of one file. */
export function nodeReader(): (path: string) => Promise<DocumentText> {
  const server = createServer((request, response) => {
    const path = join("node_modules/pdfjs-dist", new URL(request.url ?? "/", "http://localhost").pathname);
    response.end(existsSync(path) ? readFileSync(path) : undefined);
  });
  let reader: DocumentReader;
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    reader = pdfReader({ assets: `http://127.0.0.1:${port}/`, breathe });
  });
  afterAll(() => server.close());
  return (path) => {
    const bytes = Uint8Array.from(readFileSync(path)).buffer;
    return reader.read({ bytes, name: path, password: null }, new AbortController().signal, () => {});
  };
}
