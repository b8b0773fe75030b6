import type { SearchPhase, SearchResult } from "#state/view.ts";
import { cx } from "../parts/class-names.ts";
import { Icon } from "../parts/icon.tsx";
import { timingLine, verdictWords } from "../words/verdict.ts";
import styles from "./verdict-line.module.css";

interface VerdictLineProps {
  readonly phase: SearchPhase;
  readonly result: SearchResult | null;
}

/** What re-ranking did, as a sentence; always in the page, so that a new one is announced. */
export function VerdictLine({ phase, result }: VerdictLineProps) {
  const words = verdictWords(phase, result);
  const isSettled = phase === "done" || phase === "stopped";
  const isWarning = words?.tone === "warn";
  return (
    <div
      role="status"
      aria-label="Verdict"
      data-tone={words?.tone}
      className={cx(styles["verdict"], isWarning && styles["warn"], words === null && styles["empty"])}
    >
      {words !== null && (
        <>
          {isWarning && <Icon name="warning" />}
          <div>
            <p className={styles["sentence"]}>{words.sentence}</p>
            {words.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
            {isSettled && result !== null && <p className={styles["timing"]}>{timingLine(result)}</p>}
          </div>
        </>
      )}
    </div>
  );
}
