import { EngineError } from "#core/base/errors.ts";
import { breathe, exposeApi } from "../expose.ts";

/** A worker that misbehaves on request, for the tests of the bridge. */
const api = {
  echo: async <T>(value: T): Promise<T> => value,
  fail: async () => {
    throw new EngineError("MODEL_CORRUPT", "one byte is wrong", { model: "m", at: 7 });
  },
  failPlainly: async () => {
    throw new RangeError("out of range");
  },
  crash: async () => {
    setTimeout(() => {
      throw new Error("boom");
    });
    await new Promise(() => {});
  },
  count: async (to: number, signal: AbortSignal, onStep: (step: number) => void) => {
    for (let step = 1; step <= to; step += 1) {
      signal.throwIfAborted();
      onStep(step);
      await breathe();
    }
    return to;
  },
  ignoreEverything: async (_signal: AbortSignal) => {
    await new Promise(() => {});
  },
};
export type ProbeApi = typeof api;
exposeApi(api);
