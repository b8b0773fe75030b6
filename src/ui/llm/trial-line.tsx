import { useLanguage, useLanguageActions } from "../app/stores.ts";
import { ErrorText } from "../parts/error-text.tsx";
import parts from "../styles/parts.module.css";
import { duration } from "../words/numbers.ts";
import styles from "./llm.module.css";

/** Asks a word of the model, or two scores of the rerank API, and shows what came. Sends nothing of the person's. */
export function TrialLine({ which }: { readonly which: "chat" | "rerank" }) {
  const trial = useLanguage((view) => (which === "chat" ? view.chatTrial : view.rerankTrial));
  const canTry = useLanguage((view) => (which === "chat" ? view.isSetUp : view.isRerankSetUp));
  const actions = useLanguageActions();
  const isRunning = trial?.isRunning === true;
  return (
    <div className={styles["trial"]}>
      <button
        type="button"
        className={parts["button"]}
        disabled={!canTry}
        onClick={() => (isRunning ? actions.stopTrials() : which === "chat" ? actions.tryChat() : actions.tryRerank())}
      >
        {isRunning ? "Stop" : which === "chat" ? "Try the language model" : "Try the rerank API"}
      </button>
      <p role="status" aria-label={which === "chat" ? "Language model trial" : "Rerank API trial"}>
        {trial === null
          ? canTry
            ? "Nothing was asked yet."
            : "Address and model are needed first."
          : isRunning
            ? `Asking… ${trial.text}`
            : trial.error === null && `It answers in ${duration(trial.milliseconds ?? 0)}: ${trial.text.slice(0, 200)}`}
      </p>
      {trial?.error && (
        <div role="alert" className={styles["failure"]}>
          <ErrorText error={trial.error} />
        </div>
      )}
    </div>
  );
}
