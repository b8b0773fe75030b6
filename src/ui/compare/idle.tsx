import { useLibrary } from "../app/stores.ts";
import styles from "./idle.module.css";

/** Before the first question. */
export function Idle() {
  const isReady = useLibrary((view) => view.items.some((item) => item.record !== null));
  const isWorking = useLibrary((view) => view.items.some((item) => item.record === null && item.state !== "failed"));
  return (
    <div className={styles["idle"]}>
      {isReady ? (
        <>
          <h2>Ask a question about your documents</h2>
          <p>
            Two lists will stand here: what the search found, and the same chunks after re-ranking, with every score and
            what moved.
          </p>
          {isWorking && <p>You can ask now; the other documents join as they become ready.</p>}
        </>
      ) : isWorking ? (
        <>
          <h2>Reading your documents</h2>
          <p>You can ask as soon as the first one is ready. They are read here, in this browser.</p>
        </>
      ) : (
        <>
          <h2>No document could be added</h2>
          <p>The list of documents says why for each file. Add another PDF to go on.</p>
        </>
      )}
    </div>
  );
}
