import type { ChunkId } from "#core/model.ts";
import type { LlmRun } from "#core/rerank/llm/run.ts";
import { isPointwise } from "#core/rerank/llm/settings.ts";
import { useLanguage, useLanguageActions } from "../app/stores.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { correlation } from "../words/numbers.ts";
import styles from "./replay.module.css";

interface ShuffleTestLineProps {
  readonly run: LlmRun;
  readonly texts: ReadonlyMap<ChunkId, string>;
}

/** Whether the model ranks what it reads, or the order that it is shown. */
export function ShuffleTestLine({ run, texts }: ShuffleTestLineProps) {
  const test = useLanguage((view) => (view.shuffle?.run.query === run.query ? view.shuffle : null));
  const actions = useLanguageActions();
  // One passage at a time has no order.
  if (isPointwise(run.method) || run.pool.length < 2) return null;
  const isRunning = test !== null && test.bias === null && test.error === null;
  return (
    <section aria-label="Shuffle test" className={styles["shuffle"]}>
      {isRunning ? (
        <div className={styles["steps"]}>
          <ProgressBar label="Shuffle test" progress={{ done: test.done, of: test.of }} />
          <button type="button" className={parts["quiet"]} onClick={() => actions.stopShuffles()}>
            Stop
          </button>
        </div>
      ) : (
        <p>
          <button type="button" className={parts["button"]} onClick={() => actions.testShuffles(run, texts)}>
            Shuffle test
          </button>{" "}
          {test === null && `Ranks the same pool from four starting orders: ${4 * run.calls.length} calls, about.`}
        </p>
      )}
      {test?.error && <ErrorText error={test.error} />}
      {test?.bias && (
        <p role="status">
          The four orders agree by τ {correlation(test.bias.agreement)}; with the order that was shown each agrees by τ{" "}
          {correlation(test.bias.copying)}.{" "}
          {test.bias.agreement > test.bias.copying + 0.1
            ? "The model ranks what it reads more than where it stands."
            : "What is shown first counts for much here: do not trust this order."}
        </p>
      )}
    </section>
  );
}
