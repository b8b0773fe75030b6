import { EngineError } from "#core/base/errors.ts";
import type { ConnectionEvents } from "./open.ts";

/** One connection that reopens when the browser dropped it, and stays closed when another tab needed it closed. */
export class Connection<D extends { close(): void }> {
  readonly #opener: (events: ConnectionEvents) => Promise<D>;
  #database: Promise<D> | null = null;
  #ended: EngineError | null = null;

  constructor(opener: (events: ConnectionEvents) => Promise<D>) {
    this.#opener = opener;
  }

  /** @throws STORE_BLOCKED once another tab has upgraded or deleted the database, STORE_BROKEN */
  async database(): Promise<D> {
    if (this.#ended !== null) throw this.#ended;
    this.#database ??= this.#open();
    return this.#database;
  }

  close(): void {
    this.#end(new EngineError("STORE_BROKEN", "the store was closed", { reason: "closed" }));
  }

  async #open(): Promise<D> {
    const opening = this.#opener({
      superseded: (version) => {
        const reason = version === null ? "deleted" : "upgraded";
        this.#end(new EngineError("STORE_BLOCKED", `the database was ${reason} by another tab`, { reason }));
      },
      // WebKit drops connections of background pages; the data is still there.
      terminated: () => {
        this.#database = null;
      },
    });
    try {
      const database = await opening;
      if (this.#ended !== null) database.close();
      return database;
    } catch (error) {
      this.#database = null;
      throw error;
    }
  }

  #end(error: EngineError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#database?.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}
