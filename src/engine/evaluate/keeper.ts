import { toEngineError, type ErrorData } from "#core/base/errors.ts";

/** Writes under way before the next one waits: a slow disk must not fill the memory. */
const MOST = 16;

/** The store is a cache here: where it fails, everything is computed, and the first reason is said. */
export class Keeper {
  readonly #pending = new Set<Promise<void>>();
  #failure: ErrorData | null = null;

  get failure(): ErrorData | null {
    return this.#failure;
  }

  async read<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
    return work().catch((thrown: unknown) => this.#note(thrown));
  }

  /** Begins at once and is not waited for: on a busy disk a write took as long as ten pairs. */
  async write(work: () => Promise<void>): Promise<void> {
    const writing: Promise<void> = work()
      .catch((thrown: unknown) => this.#note(thrown))
      .then(() => void this.#pending.delete(writing));
    this.#pending.add(writing);
    const [oldest] = this.#pending;
    if (this.#pending.size > MOST) await oldest;
  }

  /** When all that was written is kept, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #note(thrown: unknown): undefined {
    this.#failure ??= toEngineError(thrown, "STORE_BROKEN").data;
  }
}
