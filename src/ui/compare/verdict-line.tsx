import type { SearchPhase, SearchResult } from "#state/view.ts";
import { useLanguage } from "../app/stores.ts";
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
  const price = useLanguage((view) => view.price);
  const words = verdictWords(phase, result, price);
  const isSettled = phase === "done" || phase === "stopped";
  const isWarning = words?.tone === "warn";
  return (
    <output
      aria-label="Verdict"
      data-tone={words?.tone}
      className={cx(styles["verdict"], isWarning && styles["warn"], words === null && styles["empty"])}
    >
      {words !== null && (
        <>
          {isWarning && <Icon name="warning" />}
          <span className={styles["words"]}>
            <strong className={styles["sentence"]}>{words.sentence}</strong>
            {words.notes.map((note) => (
              <span key={note}>{note}</span>
            ))}
            {isSettled && result !== null && <span className={styles["timing"]}>{timingLine(result)}</span>}
          </span>
        </>
      )}
    </output>
  );
}
