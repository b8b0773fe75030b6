import { useId } from "react";
import type { ChunkId } from "#core/model.ts";
import type { AnswerUpdate } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { answerFacts, EXTRACTIVE, refusal, struckNote } from "../words/answer.ts";
import styles from "./answer.module.css";
import { AnswerText } from "./answer-text.tsx";
import { Asked } from "./asked.tsx";

interface OneAnswerProps {
  readonly title: string;
  readonly update: AnswerUpdate;
  readonly result: SearchResult;
  readonly onOpen: (chunkId: ChunkId, opener: HTMLElement) => void;
}

/** The answer from one list, with what it was made of. */
export function OneAnswer({ title, update, result, onOpen }: OneAnswerProps) {
  const heading = useId();
  const { kind, phase, side, segments, struck, error } = update;
  const thoughts = segments.filter((it) => it.kind === "thinking");
  const isThinking = phase === "answering" && thoughts.some((it) => it.open);
  const wrong = struckNote(struck);
  const facts = answerFacts(update);
  return (
    <article
      aria-labelledby={heading}
      aria-busy={phase === "loading" || phase === "answering"}
      className={styles["answer"]}
      data-answer={side}
      data-kind={kind}
      data-phase={phase}
    >
      <h3 id={heading} className={styles["side"]}>
        {title}
      </h3>
      {kind === "refused" ? (
        <p className={styles["refusal"]}>{refusal(update)}</p>
      ) : (
        <AnswerText segments={segments} result={result} onOpen={onOpen} />
      )}
      {isThinking && <p className={styles["facts"]}>The model is thinking…</p>}
      {kind === "extractive" && <p className={styles["facts"]}>{EXTRACTIVE}</p>}
      {phase === "stopped" && <p className={styles["facts"]}>Stopped: this is what had come.</p>}
      {update.isCut && phase === "done" && (
        <p className={styles["facts"]}>The answer was cut at the longest that is asked for.</p>
      )}
      {wrong !== null && <p className={styles["wrong"]}>{wrong}</p>}
      {error !== null && (
        <div role="alert">
          <ErrorText error={error} />
        </div>
      )}
      {kind !== "refused" && facts !== "" && <p className={styles["facts"]}>{facts}</p>}
      {thoughts.length > 0 && (
        <details className={styles["fold"]}>
          <summary>Thinking</summary>
          <p className={styles["text"]} dir="auto">
            {thoughts.map(({ text }) => text.replaceAll(/<\/?think(?:ing)?>/g, "").trim()).join("\n")}
          </p>
        </details>
      )}
      {update.messages.length > 0 && <Asked update={update} result={result} onOpen={onOpen} />}
    </article>
  );
}
