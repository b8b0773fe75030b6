import { useLibrary } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import styles from "./idle.module.css";

/** Before the first question. */
export function Idle({ onExample }: { readonly onExample: (question: string) => void }) {
  const examples = useLibrary((view) => view.examples);
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
          {examples.length > 0 && (
            <ul className={styles["examples"]} aria-label="Questions to try">
              {examples.map((question) => (
                <li key={question}>
                  <button type="button" className={parts["quiet"]} onClick={() => onExample(question)}>
                    {question}
                  </button>
                </li>
              ))}
            </ul>
          )}
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
