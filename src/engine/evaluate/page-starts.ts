import { PagedText } from "#core/chunk/page-spans.ts";
import { mainPageOf, type PlacedChunk } from "#core/evaluate/items.ts";
import type { DocumentId, PageIndex } from "#core/model.ts";
import type { Store } from "#core/ports.ts";

/** Where pages begin in their document's text: read once a document, and only where a chunk reaches over pages. */
export class PageStarts {
  readonly #store: Pick<Store, "get">;
  readonly #starts = new Map<DocumentId, readonly number[]>();

  constructor(store: Pick<Store, "get">) {
    this.#store = store;
  }

  /** To be awaited before `mainPage` is asked for these. */
  async meet(chunks: readonly PlacedChunk[]): Promise<void> {
    for (const { documentId, firstPage, lastPage } of chunks) {
      if (firstPage === lastPage || this.#starts.has(documentId)) continue;
      const document = await this.#store.get(documentId);
      const bodies = document === undefined ? [] : new PagedText(document.pages).bodies();
      this.#starts.set(
        documentId,
        bodies.map(({ start }) => start),
      );
    }
  }

  mainPage(chunk: PlacedChunk): PageIndex {
    return mainPageOf(chunk, this.#starts.get(chunk.documentId) ?? []);
  }
}
