import { EngineError } from "#core/base/errors.ts";
import type { Retriever } from "#core/ports.ts";
import { bridge } from "../wire/bridge.ts";
import type { IndexApi } from "./index.worker.ts";

export interface IndexClient extends Retriever {
  /** Ends the worker and gives its memory back; another call would start an empty one. */
  release(): void;
}

/**
 * The retriever in its own worker, started at the first call. Everything is copied, nothing transferred:
 * the vectors go into the store as well. After a crash the next worker is empty, which `searched` shows.
 */
export function indexClient(): IndexClient {
  const worker = bridge<IndexApi>(() => new Worker(new URL("./index.worker.ts", import.meta.url), { type: "module" }));
  return {
    add: ({ id, chunks, vectors, readable, dimension }) => {
      const texts = chunks.map((chunk) => ({ id: chunk.id, text: chunk.text }));
      return worker.run(null, (api) => api.add({ id, chunks: texts, vectors, readable, dimension }));
    },
    remove: (id) => worker.run(null, (api) => api.remove(id)),
    clear: () => worker.run(null, (api) => api.clear()),
    // On the page a Signal is always a real AbortSignal; the port names only the part it needs.
    retrieve: (request, signal) => worker.run(signal, (api) => api.retrieve(request, signal as AbortSignal)),
    release: () => worker.terminate(new EngineError("WORKER_CRASHED", "the index was released")),
  };
}
