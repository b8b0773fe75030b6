import { transferHandlers } from "comlink";
import { EngineError, toEngineError, type ErrorCode, type ErrorFacts } from "#core/base/errors.ts";

/**
 * Closes two gaps of Comlink (its issues #594 and #601): a thrown error keeps only its message, and an
 * AbortSignal does not cross. Both sides of a bridge must call this before the first message.
 */
export function installWire(): void {
  transferHandlers.set("throw", throwHandler);
  transferHandlers.set("abort-signal", abortSignalHandler);
}

interface Thrown {
  readonly value: unknown;
}

interface ThrownData {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly facts: ErrorFacts;
}

const comlinkThrow = transferHandlers.get("throw");
if (comlinkThrow === undefined) throw new EngineError("UNEXPECTED", "Comlink has no throw handler to replace");

const throwHandler = {
  canHandle: comlinkThrow.canHandle.bind(comlinkThrow) as (value: unknown) => value is Thrown,
  serialize({ value }: Thrown): [ThrownData, Transferable[]] {
    const { code, facts, message } = toEngineError(value);
    return [{ code, facts, detail: message.replace(`${code}: `, "") }, []];
  },
  deserialize({ code, detail, facts }: ThrownData): never {
    throw new EngineError(code, detail === code ? "" : detail, facts);
  },
};

const abortSignalHandler = {
  canHandle: (value: unknown): value is AbortSignal => value instanceof AbortSignal,
  serialize(signal: AbortSignal): [{ aborted: boolean; port: MessagePort }, Transferable[]] {
    const { port1, port2 } = new MessageChannel();
    signal.addEventListener("abort", () => port1.postMessage("abort"), { once: true });
    return [{ aborted: signal.aborted, port: port2 }, [port2]];
  },
  deserialize({ aborted, port }: { aborted: boolean; port: MessagePort }): AbortSignal {
    const controller = new AbortController();
    if (aborted) controller.abort();
    else {
      port.addEventListener("message", () => controller.abort());
      port.start();
    }
    return controller.signal;
  },
};
