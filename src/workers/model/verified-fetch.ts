import { EngineError } from "#core/base/errors.ts";
import { hex } from "#core/base/hex.ts";
import type { ModelFile } from "#core/models/entry.ts";
import { keptFile } from "../models/read.ts";

interface Expected {
  readonly id: string;
  readonly files: readonly ModelFile[];
}

/** Where the bytes of a file lie; rejects with MODEL_MISSING. */
export type ReadFile = (path: string, url: string) => Promise<ArrayBuffer>;

export interface VerifiedFetch {
  readonly fetch: (input: RequestInfo | URL) => Promise<Response>;
  /** The first failure. transformers.js wraps and rewords what `fetch` throws, so the cause is kept here. */
  readonly failure: () => EngineError | null;
}

/**
 * A fetch for one model: every byte is checked against its entry before anybody sees it. A static host that answers a
 * missing file with its index.html, a flipped byte and a damaged disk all end here.
 *
 * @param onBytes hears the bytes of each file as it is done
 */
export function verifiedFetch(
  site: string,
  model: Expected,
  read: ReadFile,
  onBytes: (bytes: number) => void,
): VerifiedFetch {
  const root = new URL(`models/${model.id}/`, site).href;
  let failure: EngineError | null = null;
  /** transformers.js reads some small files twice. */
  const heard = new Set<string>();

  async function load(url: string): Promise<Response> {
    const path = url.startsWith(root) ? decodeURIComponent(url.slice(root.length)) : null;
    const expected = model.files.find((file) => file.path === path);
    // Optional files that transformers.js asks for and this model does not have: no request is made.
    if (expected === undefined) return new Response(null, { status: 404 });
    const facts = { model: model.id, file: expected.path };
    const body = await read(expected.path, url);
    const sum = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", body)));
    if (sum !== expected.sha256) {
      throw new EngineError("MODEL_CORRUPT", `${expected.path} has checksum ${sum.slice(0, 12)}…`, facts);
    }
    if (!heard.has(expected.path)) onBytes(expected.bytes);
    heard.add(expected.path);
    return new Response(body, { headers: { "content-length": String(body.byteLength) } });
  }

  return {
    fetch: (input) =>
      load(input instanceof Request ? input.url : String(input)).catch((thrown: unknown) => {
        if (thrown instanceof EngineError) failure ??= thrown;
        throw thrown;
      }),
    failure: () => failure,
  };
}

/** Files of the site itself. */
export function siteReader(model: string): ReadFile {
  return async (path, url) => {
    const facts = { model, file: path };
    const response = await fetch(url).catch((cause: unknown) => {
      throw new EngineError("MODEL_MISSING", `${url} cannot be reached`, facts, cause);
    });
    if (!response.ok) throw new EngineError("MODEL_MISSING", `${response.status} for ${url}`, facts);
    return response.arrayBuffer();
  };
}

/** Files that this browser keeps. */
export function keptReader(site: string, key: string): ReadFile {
  return async (path) => (await keptFile(site, key, path)).arrayBuffer();
}
