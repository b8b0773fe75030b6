import { toEngineError, type ErrorData } from "#core/base/errors.ts";

/** The store is a cache here: where it fails, everything is computed, and the first reason is said. */
export class Keeper {
  #failure: ErrorData | null = null;

  get failure(): ErrorData | null {
    return this.#failure;
  }

  async read<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
    return work().catch((thrown: unknown) => this.#note(thrown));
  }

  async write(work: () => Promise<void>): Promise<void> {
    await work().catch((thrown: unknown) => this.#note(thrown));
  }

  #note(thrown: unknown): undefined {
    this.#failure ??= toEngineError(thrown, "STORE_BROKEN").data;
  }
}
