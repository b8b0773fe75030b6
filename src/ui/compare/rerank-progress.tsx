import { isListwise, isPointwise } from "#core/rerank/llm/settings.ts";
import type { SearchResult } from "#state/view.ts";
import { useSearchActions } from "../app/stores.ts";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { bytes } from "../words/numbers.ts";
import styles from "./rerank-progress.module.css";

/** Heaps and comparisons end when they end. */
function isMost({ run }: SearchResult): boolean {
  return run !== null && !isListwise(run.method) && !isPointwise(run.method);
}

/** How many of the pool are scored, and Stop, which keeps what is there. */
export function RerankProgress({ result }: { readonly result: SearchResult }) {
  const search = useSearchActions();
  const { loading } = result;
  const calls = result.run?.calls ?? result.api?.calls ?? null;
  const { done, of } = calls ?? { done: result.progress.scored, of: result.progress.of };
  return (
    <div className={styles["progress"]}>
      {loading === null ? (
        <>
          <ProgressBar label="Re-ranking" progress={{ done, of }} />
          <span className={styles["count"]}>
            {calls !== null && "Call "}
            {done} of {calls !== null && isMost(result) && "at most "}
            {of}
          </span>
        </>
      ) : (
        <>
          <ProgressBar label="Loading the re-ranker" progress={loading} />
          <span className={styles["count"]}>
            Loading the re-ranker: {bytes(loading.done)} of {bytes(loading.of)}
          </span>
        </>
      )}
      <button type="button" className={parts["quiet"]} onClick={() => search.stop()}>
        <Icon name="stop" size={12} /> Stop
      </button>
    </div>
  );
}
