import { EngineError } from "#core/base/errors.ts";
import type { OcrBlock } from "./words.ts";

/**
 * Tesseract's worker, spoken to in its own messages (tesseract.js 7.0.0, `src/worker-script/index.js`): its own page
 * side cannot be given language data as bytes (`initialize` makes a name of them), asks a CDN when a path is missing,
 * and waits for ever when the core does not load. The version is exact; the browser test speaks to the real one.
 */
export interface Tesseract {
  /** @throws what the worker says, as UNEXPECTED */
  start(languages: readonly { readonly code: string; readonly data: Uint8Array }[]): Promise<void>;
  recognise(png: Uint8Array, dpi: number, onProgress: (share: number) => void): Promise<readonly OcrBlock[]>;
  /** Calls in flight reject with `reason`. */
  end(reason: EngineError): void;
}

type Answer =
  | { readonly jobId: string; readonly status: "resolve" | "reject"; readonly data: unknown }
  | { readonly jobId?: string; readonly status: "progress"; readonly data: { readonly progress?: number } };

interface Call {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: EngineError) => void;
  readonly onProgress: (share: number) => void;
}

/** LSTM only: the other engine is not in our core, and its data are three times as large. */
const LSTM = 1;
/** Columns, headings and pictures are found by Tesseract; its own default reads the page as one block. */
const AUTOMATIC = "3";

/** `assets`: absolute URL, with a slash at the end, of the folder with Tesseract's worker and core. */
export function startTesseract(assets: string): Tesseract {
  const worker = new Worker(new URL("worker.min.js", assets), { name: "ocr" });
  const calls = new Map<string, Call>();
  let jobs = 0;
  const end = (reason: EngineError): void => {
    worker.terminate();
    for (const { reject } of calls.values()) reject(reason);
    calls.clear();
  };
  worker.addEventListener("error", ({ message }) => end(new EngineError("WORKER_CRASHED", message)));
  worker.addEventListener("message", ({ data: answer }: MessageEvent<Answer>) => {
    const call = calls.get(answer.jobId ?? "");
    if (call === undefined) return;
    if (answer.status === "progress") return call.onProgress(answer.data.progress ?? 0);
    calls.delete(answer.jobId ?? "");
    if (answer.status === "resolve") call.resolve(answer.data);
    else call.reject(new EngineError("UNEXPECTED", String(answer.data)));
  });

  const send = (action: string, payload: object, moved: Transferable[] = [], onProgress = ignore): Promise<unknown> =>
    new Promise((resolve, reject) => {
      jobs += 1;
      calls.set(String(jobs), { resolve, reject, onProgress });
      worker.postMessage({ workerId: "ocr", jobId: String(jobs), action, payload }, moved);
    });

  return {
    async start(languages) {
      // The core takes its .wasm from the folder of the worker's script.
      const corePath = new URL("tesseract-core-simd-lstm.js", assets).href;
      await send("load", { options: { lstmOnly: true, corePath, logging: false } });
      for (const { code, data } of languages) {
        // oxlint-disable-next-line no-await-in-loop -- the worker does one thing at a time
        await send("FS", { method: "writeFile", args: [`./${code}.traineddata`, data] }, [data.buffer]);
      }
      await send("initialize", { langs: languages.map(({ code }) => code).join("+"), oem: LSTM, config: {} });
    },
    async recognise(png, dpi, onProgress) {
      // Its remarks ("Detected 44 diacritics") would stand in the console as errors.
      const quiet = { debug_file: "/dev/null" };
      const options = { ...quiet, tessedit_pageseg_mode: AUTOMATIC, user_defined_dpi: String(Math.round(dpi)) };
      const payload = { image: png, options, output: { text: false, blocks: true } };
      const answer = await send("recognize", payload, [png.buffer], onProgress);
      // oxlint-disable-next-line no-unsafe-type-assertion -- the answer of an exact version
      return (answer as { readonly blocks: readonly OcrBlock[] | null }).blocks ?? [];
    },
    end,
  };
}

function ignore(_share: number): void {}
