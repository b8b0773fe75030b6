import { proxy, wrap, type Remote } from "comlink";
import { EngineError, toEngineError } from "#core/base/errors.ts";
import type { Signal } from "#core/ports.ts";
import { installWire } from "./handlers.ts";

export interface BridgeOptions {
  /**
   * How long after an abort a call may go on before its worker is terminated, in milliseconds.
   * Cooperative cancel keeps a loaded model; work that cannot look at its signal needs a small number.
   */
  readonly abortGrace?: number;
  /** Errors after which the worker must not be used again: one failed ONNX Runtime call poisons the whole realm. */
  readonly poisons?: (error: EngineError) => boolean;
}

export interface Bridge<T> {
  /** Calls the worker, starting it if needed. Rejects when the worker dies: Comlink alone would wait for ever. */
  run<R>(signal: Signal | null, task: (api: Remote<T>) => PromiseLike<R>): Promise<R>;
  /** Ends the worker; calls in flight reject with `reason`. The next call starts another. */
  terminate(reason: EngineError): void;
}

interface Live<T> {
  readonly api: Remote<T>;
  readonly deaths: Set<(error: EngineError) => void>;
  readonly kill: (error: EngineError) => void;
}

/** Page side of a worker made with `exposeApi`. */
export function bridge<T>(spawn: () => Worker, options: BridgeOptions = {}): Bridge<T> {
  installWire();
  let live: Live<T> | undefined;

  function start(): Live<T> {
    const worker = spawn();
    const deaths = new Set<(error: EngineError) => void>();
    const started: Live<T> = {
      api: wrap<T>(worker),
      deaths,
      kill(error) {
        worker.terminate();
        if (live === started) live = undefined;
        for (const die of deaths) die(error);
        deaths.clear();
      },
    };
    worker.addEventListener("error", (event) => started.kill(new EngineError("WORKER_CRASHED", event.message)));
    worker.addEventListener("messageerror", () =>
      started.kill(new EngineError("WORKER_CRASHED", "a message could not be read")),
    );
    return started;
  }

  return {
    async run(signal, task) {
      if (signal?.aborted) throw new EngineError("CANCELLED");
      const mine = (live ??= start());
      let die: (error: EngineError) => void = () => {};
      const death = new Promise<never>((_, reject) => {
        die = reject;
      });
      mine.deaths.add(die);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const onAbort = (): void => {
        if (options.abortGrace === undefined) return;
        // Others may wait for the same worker: for them it crashed, and they may try again.
        timer = setTimeout(
          () => mine.kill(new EngineError("WORKER_CRASHED", "a cancelled call did not end")),
          options.abortGrace,
        );
      };
      signal?.addEventListener("abort", onAbort);
      try {
        return await Promise.race([task(mine.api), death]);
      } catch (thrown) {
        // After our own cancel every error is the cancel: libraries report it in many ways.
        const error = signal?.aborted ? new EngineError("CANCELLED", "", {}, thrown) : toEngineError(thrown);
        if (options.poisons?.(error)) mine.kill(error);
        throw error;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        mine.deaths.delete(die);
      }
    },
    terminate(reason) {
      live?.kill(reason);
    },
  };
}

/** Stops waiting at an abort, whatever the work does: for a load that others share, or a call that waits its turn. */
export function untilAborted<T>(signal: Signal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new EngineError("CANCELLED"));
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancel));
  });
}

/** A callback as a top-level argument of a bridged call. */
export function callback<F extends (...args: never[]) => void>(f: F): F {
  return proxy(f);
}
