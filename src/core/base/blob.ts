/**
 * core is compiled without DOM types, but a document's file is a Blob in every place we run (page, worker, Node 20).
 * This declares the part that core relies on; it merges with the full type where that is present.
 */
declare global {
  interface Blob {
    readonly size: number;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
}
export {};
