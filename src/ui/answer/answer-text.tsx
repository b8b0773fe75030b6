import type { ChunkId } from "#core/model.ts";
import type { AnswerUpdate } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { STRUCK_TITLE } from "../words/answer.ts";
import styles from "./answer.module.css";
import { Citation } from "./citation.tsx";

interface AnswerTextProps {
  readonly segments: AnswerUpdate["segments"];
  readonly result: SearchResult;
  readonly onOpen: (chunkId: ChunkId, opener: HTMLElement) => void;
}

/** The reply as text nodes (rule X1), its citations as buttons. */
export function AnswerText({ segments, result, onOpen }: AnswerTextProps) {
  // Text keeps its key while it grows; segments are only added at the end.
  const keyed = segments.map((segment, i) => ({ segment, key: i }));
  return (
    <p className={styles["text"]} dir="auto" data-answer-text="">
      {keyed.map(({ segment, key }) => {
        switch (segment.kind) {
          case "text":
            // White space after hidden thinking is no part of the answer.
            return (
              <span key={key}>
                {keyed[key - 1]?.segment.kind === "thinking" ? segment.text.trimStart() : segment.text}
              </span>
            );
          case "citation":
            return <Citation key={key} n={segment.n} chunkId={segment.passage} result={result} onOpen={onOpen} />;
          case "struck":
            return (
              <del key={key} className={styles["struck"]} title={STRUCK_TITLE}>
                {`[${segment.n}]`}
              </del>
            );
          default:
            return null;
        }
      })}
    </p>
  );
}
