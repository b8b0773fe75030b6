import { expose } from "comlink";
import { installWire } from "./handlers.ts";

/** Worker side: makes `api` callable through `bridge()`. Methods take plain data, a signal and a callback, all at top level. */
export function exposeApi(api: object): void {
  installWire();
  expose(api);
}

/**
 * Lets messages in (an abort, another call) between two pieces of synchronous work: a WASM run blocks the
 * worker's event loop, so an abort would otherwise arrive after the last batch.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
