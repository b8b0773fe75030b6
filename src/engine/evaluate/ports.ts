import type { Embedder, EvaluationStore, Reranker, Retriever, Store } from "#core/ports.ts";
import type { Library } from "../library.ts";

/** A second index for texts that are not the library's: an embedder's other vectors, or masked texts. */
export interface SpareIndex {
  readonly retriever: Retriever;
  /** Ends its worker and gives its memory back. */
  release(): void;
}

export interface EvaluationPorts {
  readonly library: Library;
  readonly store: Pick<Store, "searchable">;
  /** Of the library: `embedders` has the embedder that made it as its first. */
  readonly retriever: Retriever;
  /** By the id that stands in `Grid.embedders`; the first one is the library's own. */
  readonly embedders: ReadonlyMap<string, Embedder>;
  /**
   * By the id that stands in `Grid.rerankers`, without `off`. Hand in the side of `giveWay` that waits, so that a
   * question of the person goes first.
   */
  readonly rerankers: ReadonlyMap<string, Reranker>;
  readonly evaluations: EvaluationStore;
  readonly spareIndex: () => SpareIndex;
}
