import type { ErrorData } from "#core/base/errors.ts";
import type { Progress } from "#core/model.ts";
import type { Ledger } from "./ledger.ts";
import { UPDATE_EVERY, type EvaluationUpdate } from "./update.ts";

interface Counts {
  readonly scored: number;
  readonly reused: number;
  readonly milliseconds: number;
}

/** Tells of a run at most every `UPDATE_EVERY`, and at its end. */
export class Reporter {
  readonly #tell: (update: EvaluationUpdate) => void;
  readonly #ledger: Ledger;
  readonly #counts: () => Counts;
  readonly #unsaved: () => ErrorData | null;
  #told = Number.NEGATIVE_INFINITY;

  constructor(
    tell: (update: EvaluationUpdate) => void,
    ledger: Ledger,
    counts: () => Counts,
    unsaved: () => ErrorData | null,
  ) {
    this.#tell = tell;
    this.#ledger = ledger;
    this.#counts = counts;
    this.#unsaved = unsaved;
  }

  preparing(progress: Progress): void {
    if (this.#isSoon()) return;
    this.#send("preparing", progress, null);
  }

  running(progress: Progress): void {
    if (this.#isSoon()) return;
    this.#send("running", progress, null);
  }

  ended(phase: "done" | "stopped", progress: Progress, stopped: EvaluationUpdate["stopped"]): void {
    this.#send(phase, progress, stopped);
  }

  #isSoon(): boolean {
    const now = performance.now();
    if (now - this.#told < UPDATE_EVERY) return true;
    this.#told = now;
    return false;
  }

  #send(phase: EvaluationUpdate["phase"], progress: Progress, stopped: EvaluationUpdate["stopped"]): void {
    const { scored, reused, milliseconds } = this.#counts();
    const isPreparing = phase === "preparing";
    this.#tell({
      phase,
      progress,
      pairs: { scored, reused, perSecond: scored === 0 ? null : (1000 * scored) / milliseconds },
      added: isPreparing ? [] : this.#ledger.news(),
      run: isPreparing ? null : this.#ledger.run(phase === "done"),
      stopped,
      unsaved: this.#unsaved(),
    });
  }
}
