import { useEffect, useRef } from "react";
import { useEvaluate, useEvaluateActions } from "../app/stores.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import styles from "./evaluate.module.css";
import { SettingsToTry } from "./grid/settings-to-try.tsx";
import { Results } from "./results/results.tsx";
import { QuestionSets } from "./sets/question-sets.tsx";

/** Questions with known answers, the settings to try on them, and what came of it. */
export function Evaluate() {
  const error = useEvaluate((view) => view.error);
  const run = useEvaluate((view) => view.run);
  const heading = useRef<HTMLHeadingElement>(null);
  // The screen was changed by a link or a key: reading goes on here.
  const actions = useEvaluateActions();
  useEffect(() => {
    actions.look(true);
    return () => actions.look(false);
  }, [actions]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={styles["evaluate"]}>
      <div className={styles["inner"]}>
        <h2 ref={heading} tabIndex={-1} className={styles["title"]}>
          Does re-ranking help here?
        </h2>
        {error !== null && (
          <div role="alert" className={styles["error"]}>
            <Icon name="failed" />
            <ErrorText error={error} />
          </div>
        )}
        <div className={styles["setup"]}>
          <QuestionSets />
          <SettingsToTry />
        </div>
        {run !== null && <Results run={run} />}
      </div>
    </div>
  );
}
