interface Job {
  readonly key: string;
  readonly controller: AbortController;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/** Jobs one after the other, each with its own way to be cancelled. */
export class JobQueue {
  readonly #waiting: Job[] = [];
  readonly #onChange: () => void;
  readonly #onFailure: (thrown: unknown) => void;
  #running: Job | null = null;

  /**
   * @param onChange hears every start and end
   * @param onFailure what a job threw; the jobs behind it go on
   */
  constructor(onChange: () => void, onFailure: (thrown: unknown) => void) {
    this.#onChange = onChange;
    this.#onFailure = onFailure;
  }

  get busy(): boolean {
    return this.#running !== null || this.#waiting.length > 0;
  }

  add(key: string, work: Job["work"]): void {
    this.#waiting.push({ key, controller: new AbortController(), work });
    if (this.#running === null) void this.#drain();
    else this.#onChange();
  }

  /** Aborts a running job, or takes a waiting one away. Returns whether it was waiting: it then never ran. */
  cancel(key: string): boolean {
    const at = this.#waiting.findIndex((job) => job.key === key);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      this.#onChange();
    } else if (this.#running?.key === key) this.#running.controller.abort();
    return at >= 0;
  }

  /** Aborts what runs and takes away what waits. Returns the keys that never ran. */
  cancelAll(): string[] {
    this.#running?.controller.abort();
    return this.#waiting.splice(0).map(({ key }) => key);
  }

  async #drain(): Promise<void> {
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) {
      this.#running = job;
      this.#onChange();
      await job.work(job.controller.signal).catch(this.#onFailure);
    }
    this.#running = null;
    this.#onChange();
  }
}
