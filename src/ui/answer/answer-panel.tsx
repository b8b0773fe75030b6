import { useId } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { OFF, type ChunkId } from "#core/model.ts";
import { answerFloor, answerTop, type AnswerSide, type AnswerUpdate, type AnswerView } from "#state/answer-store.ts";
import type { SearchResult } from "#state/view.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { answerHeading, answerSummary } from "../words/answer.ts";
import styles from "./answer.module.css";
import { FloorField } from "./floor-field.tsx";
import { OneAnswer } from "./one-answer.tsx";

export interface AnswerPanelProps {
  readonly store: StoreApi<AnswerView>;
  /** The result that is shown; null: nothing to answer from. */
  readonly result: SearchResult | null;
  /** Opens a cited passage; the button that was pressed is where the focus comes back to. */
  readonly onOpen: (chunkId: ChunkId, opener: HTMLElement) => void;
}

const SIDES: readonly AnswerSide[] = ["before", "after"];

/** What the tops of both lists answer, side by side. */
export function AnswerPanel({ store, result, onOpen }: AnswerPanelProps) {
  const view = useStore(store);
  const heading = useId();
  if (result === null || result.before.length === 0) return null;
  const n = Math.min(answerTop(view.n, result), result.before.length);
  const { running } = view;
  const shown = SIDES.flatMap((side) => {
    const update = view[side];
    if (update === null) return [];
    const made = update.passages.length + update.dropped;
    return [{ side, update, title: answerHeading(side, made === 0 ? n : made, result) }];
  });
  const isOff = result.settings.reranker === OFF;
  return (
    <section aria-labelledby={heading} className={styles["panel"]}>
      <div className={styles["head"]}>
        <h2 id={heading} className={styles["title"]}>
          Answer
        </h2>
        {running === null ? (
          <button type="button" className={parts["button"]} onClick={() => view.ask("both")}>
            {`Answer from the top ${n}`}
          </button>
        ) : (
          <>
            <ProgressBar
              label={progressLabel(running, view[running], isOff)}
              progress={view[running]?.progress ?? null}
            />
            <button type="button" className={parts["button"]} onClick={() => view.stop()}>
              Stop
            </button>
          </>
        )}
        {/* An order has no score that could be too low. */}
        {result.scale !== "order" && (
          <FloorField value={answerFloor(view.floor, result)} onChange={(floor) => view.setFloor(floor)} />
        )}
      </div>
      <p role="status" aria-live="polite" className={parts["hidden"]}>
        {shown.map(({ update, title }) => answerSummary(title, update)).join(" ")}
      </p>
      {view.error !== null && (
        <div role="alert">
          <ErrorText error={view.error} />
        </div>
      )}
      {shown.length > 0 && (
        <div className={cx(styles["answers"], isOff && styles["single"])}>
          {shown.map(({ side, update, title }) => (
            <OneAnswer key={side} title={title} update={update} result={result} onOpen={onOpen} />
          ))}
        </div>
      )}
    </section>
  );
}

function progressLabel(side: AnswerSide, update: AnswerUpdate | null, isOff: boolean): string {
  const what = update?.phase === "loading" ? "Loading the model" : "Answering";
  return isOff ? what : `${what}, ${side} re-ranking`;
}
