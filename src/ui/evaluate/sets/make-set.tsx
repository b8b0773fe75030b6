import { useId, useState } from "react";
import { useEvaluateActions } from "../../app/stores.ts";
import { NumberField } from "../../compare/number-field.tsx";
import { cx } from "../../parts/class-names.ts";
import { Dialog } from "../../parts/dialog.tsx";
import parts from "../../styles/parts.module.css";
import { MASKED_BIAS } from "../../words/evaluate.ts";
import styles from "./sets.module.css";

/** Most questions of a set made here: beyond it a run takes longer than a smoke test is worth. */
const MOST = 1000;

/** A question set by sentence masking: how many, and which draw. */
export function MakeSet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const actions = useEvaluateActions();
  const [questions, setQuestions] = useState(50);
  const [seed, setSeed] = useState(1);
  const [isMaking, setIsMaking] = useState(false);
  const id = useId();
  const make = async () => {
    setIsMaking(true);
    await actions.makeMasked(questions, seed);
    setIsMaking(false);
    onClose();
  };
  return (
    <Dialog
      open={open}
      title="Make questions from the documents"
      onClose={onClose}
      actions={
        <>
          <button type="button" className={parts["button"]} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className={cx(parts["button"], parts["primary"])}
            disabled={isMaking}
            onClick={() => void make()}
          >
            {isMaking ? "Making…" : "Make questions"}
          </button>
        </>
      }
    >
      <p>
        Sentences are drawn from your documents. Each is a question; its answer is the passage it was taken from,
        searched without that sentence. No language model is needed.
      </p>
      <p className={styles["bias"]}>{MASKED_BIAS}</p>
      <div className={styles["fields"]}>
        <label htmlFor={`${id}n`}>Number of questions</label>
        <NumberField id={`${id}n`} value={questions} min={1} max={MOST} onChange={setQuestions} />
        <label htmlFor={`${id}s`}>Seed</label>
        <NumberField id={`${id}s`} value={seed} min={0} max={999_999} onChange={setSeed} />
      </div>
      <p className={styles["note"]}>The same seed draws the same sentences from the same documents.</p>
    </Dialog>
  );
}
