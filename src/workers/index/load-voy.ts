import { EngineError, toEngineError } from "#core/base/errors.ts";
import type { NewTree } from "./voy-index.ts";

let loading: Promise<NewTree | EngineError> | undefined;

/** voy-search, loaded when first asked for: 75 kB of WASM that most people never need. A failed load is tried again next time. */
export function loadVoy(): Promise<NewTree | EngineError> {
  return (loading ??= import("voy-search").then(
    ({ Voy }) =>
      () =>
        new Voy(),
    (thrown: unknown) => {
      loading = undefined;
      return new EngineError("INDEX_FAILED", toEngineError(thrown).message, { engine: "voy", reason: "load" });
    },
  ));
}
