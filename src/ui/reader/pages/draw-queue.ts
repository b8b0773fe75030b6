interface Entry {
  readonly distance: () => number;
  readonly start: () => void;
}

/**
 * One drawing at a time, the nearest to what is looked at first: pdf.js shares the page's thread among all drawings
 * that run, so that ten at once would all be late. What is no longer wanted leaves the queue.
 */
export class DrawQueue {
  readonly #waiting = new Set<Entry>();
  #busy = false;

  /** `distance`: 0 = is looked at; asked anew whenever a turn is given. Rejects with the signal's reason. */
  run<T>(distance: () => number, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(entry);
        reject(signal.reason);
      };
      const start = (): void => {
        signal.removeEventListener("abort", leave);
        this.#busy = true;
        void job()
          .then(resolve, reject)
          .finally(() => {
            this.#busy = false;
            this.#next();
          });
      };
      const entry = { distance, start };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.add(entry);
      // Those that come in the same breath are compared before one of them begins.
      queueMicrotask(() => this.#next());
    });
  }

  #next(): void {
    if (this.#busy) return;
    let nearest: Entry | null = null;
    let least = Infinity;
    for (const entry of this.#waiting) {
      const distance = entry.distance();
      if (distance >= least) continue;
      least = distance;
      nearest = entry;
    }
    if (nearest === null) return;
    this.#waiting.delete(nearest);
    nearest.start();
  }
}
