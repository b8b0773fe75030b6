import { EngineError } from "#core/base/errors.ts";
import type { Ocr, Signal } from "#core/ports.ts";
import { untilAborted } from "../wire/bridge.ts";
import { languagesOf } from "./languages.client.ts";
import { startTesseract, type Tesseract } from "./tesseract.client.ts";
import { toSourcePage } from "./words.ts";

/** All that is fetched from `tesseract/` when OCR is first used. */
const FILES = ["worker.min.js", "tesseract-core-simd-lstm.js", "tesseract-core-simd-lstm.wasm"];
const POINTS_PER_INCH = 72;

/** Reads pictures of pages with Tesseract, one at a time. `site`: the site's root, with a slash at the end. */
export function ocrClient({ site }: { readonly site: string }): Ocr {
  const assets = new URL("tesseract/", site).href;
  const languages = languagesOf(site);
  let live: { readonly codes: string; readonly tesseract: Promise<Tesseract> } | null = null;
  let kill: (reason: EngineError) => void = () => {};
  let turn: Promise<unknown> = Promise.resolve();

  function end(reason: EngineError): void {
    kill(reason);
    kill = () => {};
    live = null;
  }

  /** Loads once for the same languages. */
  function started(codes: readonly string[]): Promise<Tesseract> {
    const key = codes.join("+");
    if (live?.codes === key) return live.tesseract;
    end(new EngineError("CANCELLED"));
    live = { codes: key, tesseract: load(codes) };
    return live.tesseract;
  }

  async function load(codes: readonly string[]): Promise<Tesseract> {
    const found = await Promise.all(codes.map(async (code) => ({ code, data: await languages.data(code) })));
    const data = found.flatMap(({ code, data: bytes }) => (bytes === null ? [] : [{ code, data: bytes }]));
    const missing = found.filter((each) => each.data === null).map(({ code }) => code);
    if (codes.length === 0 || missing.length > 0) {
      throw new EngineError("OCR_NO_LANGUAGE", "", { languages: missing.join("+") || null });
    }
    // The worker waits for ever for a core that does not come, and these stay in the browser's cache.
    await Promise.all(FILES.map((file) => checkAsset(new URL(file, assets))));
    const tesseract = startTesseract(assets);
    kill = (reason) => tesseract.end(reason);
    await tesseract.start(data).catch((thrown: unknown) => {
      if (thrown instanceof EngineError && thrown.code !== "UNEXPECTED") throw thrown;
      throw new EngineError("OCR_BAD_LANGUAGE", String(thrown), { name: codes.join(", ") }, thrown);
    });
    return tesseract;
  }

  return {
    languages: () => languages.list(),
    async addLanguage(file) {
      const added = await languages.add(file);
      end(new EngineError("CANCELLED"));
      return added;
    },
    async removeLanguage(code) {
      await languages.remove(code);
      end(new EngineError("CANCELLED"));
    },
    recognise(image, codes, signal, onProgress) {
      const result = turn.then(async () => {
        if (signal.aborted) throw new EngineError("CANCELLED");
        // Nothing inside a page looks at a signal: an abort costs the worker, and the next page 0.5 s.
        const stop = (): void => end(new EngineError("CANCELLED"));
        signal.addEventListener("abort", stop);
        try {
          const tesseract = await started(codes);
          refuseAborted(signal);
          const png = new Uint8Array(await image.png.arrayBuffer());
          const page = toSourcePage([], image);
          const upright = page.rotation % 180 === 0 ? page.width : page.height;
          const blocks = await tesseract.recognise(png, (image.width / upright) * POINTS_PER_INCH, (share) => {
            if (!signal.aborted) onProgress({ done: share, of: 1 });
          });
          return toSourcePage(blocks, image);
        } catch (thrown) {
          // One failed call may leave the core half done.
          end(new EngineError("WORKER_CRASHED"));
          throw signal.aborted ? new EngineError("CANCELLED", "", {}, thrown) : thrown;
        } finally {
          signal.removeEventListener("abort", stop);
        }
      });
      turn = result.catch(() => {});
      return untilAborted(signal, result);
    },
    release: () => end(new EngineError("CANCELLED")),
  };
}

function refuseAborted(signal: Signal): void {
  if (signal.aborted) throw new EngineError("CANCELLED");
}

async function checkAsset(url: URL): Promise<void> {
  const response = await fetch(url).catch(() => null);
  const isPage = response?.headers.get("Content-Type")?.includes("html") === true;
  if (response?.ok !== true || isPage) throw new EngineError("OCR_UNAVAILABLE", url.pathname, { file: url.pathname });
  await response.arrayBuffer();
}
