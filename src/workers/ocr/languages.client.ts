import { EngineError } from "#core/base/errors.ts";
import type { OcrLanguage } from "#core/ports.ts";

/** The largest of Tesseract's own, Chinese of tessdata_best, has 13 MB; its variants with the old engine 44 MB. */
const MAX_BYTES = 64 * 2 ** 20;
const NAME = /^([a-z]{3,4}(?:_[a-z]+)*)\.traineddata(?:\.gz)?$/i;

export interface Languages {
  list(): Promise<OcrLanguage[]>;
  add(file: File | (Blob & { readonly name: string })): Promise<OcrLanguage>;
  remove(code: string): Promise<void>;
  /** Unpacked. null where there is none. @throws OCR_BAD_LANGUAGE, OCR_UNAVAILABLE */
  data(code: string): Promise<Uint8Array | null>;
}

interface Listed {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Language data of the site (`tessdata/`, listed in its `index.json`) and files that the person chose. These lie in the
 * origin's Cache Storage: large, rarely read, and of no use outside this browser.
 */
export function languagesOf(site: string): Languages {
  const folder = new URL("tessdata/", site);
  // On name.github.io every project shares one origin, and so one CacheStorage.
  const kept = (): Promise<Cache> => caches.open(`second-look languages ${new URL(site).pathname}`);
  const keyOf = (code: string): string => new URL(`chosen/${code}.traineddata`, folder).href;

  async function ofSite(): Promise<(OcrLanguage & { readonly file: string })[]> {
    const response = await fetch(new URL("index.json", folder)).catch(() => null);
    // A development server answers a missing file with the page.
    if (response?.ok !== true || response.headers.get("Content-Type")?.includes("json") !== true) return [];
    const listed: readonly Listed[] = await response.json();
    return listed.flatMap(({ file, bytes }) => {
      const code = codeOf(file);
      return code === null ? [] : [{ code, origin: "site" as const, bytes, file }];
    });
  }

  async function chosen(): Promise<OcrLanguage[]> {
    const cache = await kept();
    const found = await Promise.all(
      (await cache.keys()).map(async (request) => {
        const code = codeOf(new URL(request.url).pathname.split("/").at(-1) ?? "");
        const size = Number((await cache.match(request))?.headers.get("Content-Length") ?? 0);
        return code === null ? [] : [{ code, origin: "file" as const, bytes: size }];
      }),
    );
    return found.flat();
  }

  return {
    async list() {
      const [own, offered] = await Promise.all([chosen(), ofSite()]);
      const others = offered.filter(({ code }) => !own.some((each) => each.code === code));
      const all = [...own, ...others.map(({ code, origin, bytes }) => ({ code, origin, bytes }))];
      return all.toSorted((x, y) => x.code.localeCompare(y.code));
    },
    async add(file) {
      const code = codeOf(file.name);
      if (code === null || file.size > MAX_BYTES) throw bad(file.name);
      const packed = await file.arrayBuffer().catch((cause: unknown) => {
        throw new EngineError("FILE_UNREADABLE", String(cause), { name: file.name }, cause);
      });
      const data = await unpacked(packed, file.name);
      const headers = { "Content-Type": "application/octet-stream", "Content-Length": String(data.length) };
      await (await kept()).put(keyOf(code), new Response(data, { headers }));
      return { code, origin: "file", bytes: data.length };
    },
    async remove(code) {
      await (await kept()).delete(keyOf(code));
    },
    async data(code) {
      const own = await (await kept()).match(keyOf(code));
      if (own !== undefined) return new Uint8Array(await own.arrayBuffer());
      const listed = (await ofSite()).find((each) => each.code === code);
      if (listed === undefined) return null;
      const response = await fetch(new URL(listed.file, folder)).catch(() => null);
      if (response?.ok !== true) throw new EngineError("OCR_UNAVAILABLE", listed.file, { file: listed.file });
      return unpacked(await response.arrayBuffer(), listed.file);
    },
  };
}

/** `eng` of `eng.traineddata.gz`; null of any other name, and so of any path. */
function codeOf(name: string): string | null {
  return NAME.exec(name)?.[1]?.toLowerCase() ?? null;
}

/** Servers that know .gz may have unpacked it already, so the bytes decide. */
async function unpacked(bytes: ArrayBuffer, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  const data = first === 0x1f && second === 0x8b ? await gunzip(bytes, name) : new Uint8Array(bytes);
  // A table of at most a few dozen parts: its length as a 32-bit number, then their offsets.
  const parts = data.length < 16 ? 0 : new DataView(data.buffer).getInt32(0, true);
  if (parts < 1 || parts > 64) throw bad(name);
  return data;
}

async function gunzip(bytes: ArrayBuffer, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    for (const reader = stream.getReader(); ;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      // A packed file can claim to be anything once unpacked.
      if (length > MAX_BYTES) throw bad(name);
      parts.push(value);
    }
  } catch (thrown) {
    throw bad(name, thrown);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bad(name: string, cause?: unknown): EngineError {
  return new EngineError("OCR_BAD_LANGUAGE", "", { name }, cause);
}
