import { EngineError } from "#core/base/errors.ts";
import { bridge, type Bridge } from "#workers/wire/bridge.ts";

/** Where models, samples and pdf.js's data lie: beside this page, as in the app. */
export const SITE = new URL("./", document.baseURI).href;
export const PDF_ASSETS = `${SITE}pdfjs/`;
export const NEVER = new AbortController().signal;
export const quiet = (): void => {};

export async function fetched(path: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(path, SITE));
  if (!response.ok) throw new EngineError("FILE_UNREADABLE", `${response.status} for ${path}`);
  return response.arrayBuffer();
}

export interface BenchWorker<T> extends Bridge<T> {
  end(): void;
}

/** A worker of the bench, behind the same bridge as the app's. */
export function benchWorker<T>(spawn: () => Worker): BenchWorker<T> {
  const link = bridge<T>(spawn);
  return { ...link, end: () => link.terminate(new EngineError("CANCELLED")) };
}
