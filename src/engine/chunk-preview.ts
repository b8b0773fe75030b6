import { previewOf, type ChunkPreview } from "#core/chunk/preview.ts";
import type { ChunkSettings, DocumentId, Page } from "#core/model.ts";
import type { Embedder, Signal, Store } from "#core/ports.ts";

export interface PreviewPorts {
  readonly store: Pick<Store, "get">;
  readonly embedder: Pick<Embedder, "chunk" | "chunkLimit">;
}

/**
 * What a stored document's chunks would be under other settings; nothing is embedded and nothing stored. Keeps the
 * pages of the last document, since settings are tried several times on one: make one previewer per opened dialog.
 */
export class ChunkPreviewer {
  readonly #ports: PreviewPorts;
  #last: { readonly id: DocumentId; readonly pages: readonly Page[] } | null = null;

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
  }

  /** null where the document is gone. @throws what loading the embedding model throws, UNEXPECTED (settings), CANCELLED */
  async preview(settings: ChunkSettings, id: DocumentId, signal: Signal): Promise<ChunkPreview | null> {
    const pages = await this.#pages(id);
    if (pages === null) return null;
    signal.throwIfAborted();
    const limit = await this.#ports.embedder.chunkLimit();
    signal.throwIfAborted();
    return previewOf(pages, await this.#ports.embedder.chunk(id, pages, settings, signal), limit);
  }

  async #pages(id: DocumentId): Promise<readonly Page[] | null> {
    if (this.#last?.id === id) return this.#last.pages;
    const pages = (await this.#ports.store.get(id))?.pages ?? null;
    this.#last = pages === null ? null : { id, pages };
    return pages;
  }
}
