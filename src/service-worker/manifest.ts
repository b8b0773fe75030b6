/** One file of the built site: path from the site's root (not encoded), SHA-256 in hex, size in bytes. */
export interface PrecacheEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Everything the site needs with the network off. `build` names this exact set of files and this worker's code. */
export interface PrecacheManifest {
  readonly build: string;
  readonly entries: readonly PrecacheEntry[];
}

/** The file that answers a navigation to the site's root. */
export const SHELL = "index.html";

/** Absolute address of a file of the site; `scope` ends with a slash. Names with spaces or `#` stay one file. */
export function fileUrl(path: string, scope: string): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href;
}
