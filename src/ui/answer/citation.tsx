import type { ChunkId } from "#core/model.ts";
import type { SearchResult } from "#state/view.ts";
import { citationName } from "../words/answer.ts";
import styles from "./answer.module.css";

interface CitationProps {
  readonly n: number;
  readonly chunkId: ChunkId;
  readonly result: SearchResult;
  readonly onOpen: (chunkId: ChunkId, opener: HTMLElement) => void;
}

/** `[1]`, which opens its passage; by name it is the passage's document and page. */
export function Citation({ n, chunkId, result, onOpen }: CitationProps) {
  const chunk = result.chunks.get(chunkId);
  const document = chunk === undefined ? undefined : result.documents.get(chunk.documentId);
  const name = citationName(n, chunk, document);
  return (
    <button
      type="button"
      className={styles["citation"]}
      aria-label={name}
      title={name}
      data-cites={chunkId}
      disabled={chunk === undefined}
      onClick={(event) => onOpen(chunkId, event.currentTarget)}
    >
      {`[${n}]`}
    </button>
  );
}
