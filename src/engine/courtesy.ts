/** Lets a person's question go before work that nobody waits for: a worker takes its calls in order, so that work must hold back. */
export class Courtesy {
  #asked = 0;
  #waiting: (() => void)[] = [];

  /** Runs a question of the person; `idle` holds others back until it is over. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.#asked += 1;
    try {
      return await work();
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Settles when no question is under way. To be awaited before each small piece of work. */
  async idle(): Promise<void> {
    // Again: by the time a waiter runs, the next question may have begun.
    while (this.#asked > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
