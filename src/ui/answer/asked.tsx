import type { ChunkId } from "#core/model.ts";
import type { AnswerUpdate } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { citationName, tokensLine } from "../words/answer.ts";
import styles from "./answer.module.css";
import { Citation } from "./citation.tsx";

interface AskedProps {
  readonly update: AnswerUpdate;
  readonly result: SearchResult;
  readonly onOpen: (chunkId: ChunkId, opener: HTMLElement) => void;
}

/** The prompt, word for word: what left the tab where the model runs elsewhere. */
export function Asked({ update, result, onOpen }: AskedProps) {
  const tokens = tokensLine(update);
  return (
    <details className={styles["fold"]}>
      <summary>What the model was asked</summary>
      <ul className={styles["passages"]} aria-label="Passages">
        {update.passages.map(({ n, chunkId, cut }) => {
          const chunk = result.chunks.get(chunkId);
          const document = chunk === undefined ? undefined : result.documents.get(chunk.documentId);
          return (
            <li key={n}>
              <Citation n={n} chunkId={chunkId} result={result} onOpen={onOpen} /> {citationName(n, chunk, document)}
              {cut && " (shortened)"}
            </li>
          );
        })}
      </ul>
      {tokens !== null && <p className={styles["facts"]}>{tokens}</p>}
      {update.messages.map(({ role, content }) => (
        <div key={role}>
          <p className={styles["facts"]}>{role}</p>
          <pre className={styles["message"]} dir="auto">
            {content}
          </pre>
        </div>
      ))}
    </details>
  );
}
