import { EngineError, toEngineError, type ErrorCode, type ErrorData } from "#core/base/errors.ts";
import type { Device, ModelStamp } from "#core/model.ts";
import type { OnProgress, Signal } from "#core/ports.ts";

/** What every kind of model says of itself; a language model has no golden values. */
interface DeviceReport {
  readonly stamp: ModelStamp;
  readonly goldenError?: number | null;
}

/** A model's port on one device. */
interface OneDevice {
  load(signal: Signal, onProgress: OnProgress): Promise<DeviceReport>;
  release(): void;
}

type ReportOf<P extends OneDevice> = Awaited<ReturnType<P["load"]>>;

/** Where a model may run. */
export interface DeviceParts<P extends OneDevice> {
  /** Starts nothing before its first call. */
  make(device: Device): P;
  /** Devices to try, best first; asked again after `reset`. */
  plan(): Promise<readonly Device[]>;
  /** Models that were found right on this machine's GPU, so that WASM need not be asked again. */
  readonly checked: { has(model: string): boolean; add(model: string): void };
}

/** These say something of the model or its files, on any device. */
const NOT_THE_DEVICE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CANCELLED",
  "MODEL_MISSING",
  "MODEL_CORRUPT",
  "MODEL_MISMATCH",
  "LLM_PROMPT_TOO_LONG",
]);

/**
 * A model on the best device that gives right numbers. A device that fails, in loading, in its check or later, is not
 * used again until `reset`; the next one gets a worker of its own, since a failed one cannot be trusted.
 *
 * @typeParam P the port: an embedder, a re-ranker or a language model
 */
export class OnDevices<P extends OneDevice> {
  readonly #parts: DeviceParts<P>;
  /** Asks both devices the same. */
  readonly #agree: (given: P, reference: P, signal: Signal) => Promise<boolean>;
  #plan: readonly Device[] | null = null;
  #port: P | null = null;
  #isReady = false;
  #failure: ErrorData | null = null;

  constructor(parts: DeviceParts<P>, agree: (given: P, reference: P, signal: Signal) => Promise<boolean>) {
    this.#parts = parts;
    this.#agree = agree;
  }

  /** @throws what the last device throws; CANCELLED */
  async load(signal: Signal, onProgress: OnProgress): Promise<ReportOf<P> & { fallback: ErrorData | null }> {
    for (;;) {
      const [device, port] = await this.#present();
      try {
        const report = (await port.load(signal, onProgress)) as ReportOf<P>;
        if (port !== this.#port) continue;
        if (!this.#isReady) await this.#check(port, report, signal);
        this.#isReady = true;
        return { ...report, fallback: this.#failure };
      } catch (thrown) {
        if (!this.fallBack(thrown, device, port)) throw thrown;
      }
    }
  }

  /** Loaded and checked on the device that is in use now. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The port to call, on the device that is in use now. */
  async port(): Promise<readonly [Device, P]> {
    return this.#present();
  }

  /** Moves on to the next device where this error is the device's; false where there is nothing to move to. */
  fallBack(thrown: unknown, device: Device, port: P): boolean {
    const error = toEngineError(thrown);
    if (NOT_THE_DEVICE.has(error.code)) return false;
    // Somebody else has met the same failure a moment earlier.
    if (port !== this.#port) return true;
    const [, ...left] = this.#plan ?? [];
    if (left.length === 0) return false;
    this.#failure = deviceError(error, device).data;
    this.#plan = left;
    this.#drop();
    return true;
  }

  /** Gives the memory back; the next call loads again, on the same device. */
  release(): void {
    this.#drop();
  }

  /** Begins again with the best device. */
  reset(): void {
    this.#drop();
    this.#plan = null;
    this.#failure = null;
  }

  async #present(): Promise<readonly [Device, P]> {
    const plan = (this.#plan ??= await this.#parts.plan());
    const device = plan[0] ?? "wasm";
    return [device, (this.#port ??= this.#parts.make(device))];
  }

  #drop(): void {
    this.#port?.release();
    this.#port = null;
    this.#isReady = false;
  }

  /** WASM is the reference; golden values, where the model has them, were compared by its worker. */
  async #check(port: P, report: DeviceReport, signal: Signal): Promise<void> {
    if (report.stamp.device === "wasm" || (report.goldenError ?? null) !== null) return;
    const { id, revision, dtype } = report.stamp;
    const model = `${id}@${revision} ${dtype}`;
    if (this.#parts.checked.has(model)) return;
    const reference = this.#parts.make("wasm");
    try {
      if (!(await this.#agree(port, reference, signal))) {
        throw new EngineError("DEVICE_WRONG_NUMBERS", "WebGPU and WASM differ", { model: id });
      }
    } finally {
      reference.release();
    }
    this.#parts.checked.add(model);
  }
}

/** What a person hears of a failure whose cause only the driver knows. */
function deviceError(error: EngineError, device: Device): EngineError {
  if (error.code === "DEVICE_WRONG_NUMBERS" || error.code === "OUT_OF_MEMORY" || device === "wasm") return error;
  return new EngineError("DEVICE_LOST", error.message, error.facts, error);
}
