import { use, useId, useState } from "react";
import { useStore } from "zustand";
import { hostOf } from "#core/llm/endpoint.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import { openChunks, planProgress } from "#core/evaluate/synthetic/plan.ts";
import { useGoTo } from "../../app/screen.ts";
import { useLanguage, useLibrary, useStores } from "../../app/stores.ts";
import { NumberField } from "../../compare/number-field.tsx";
import { cx } from "../../parts/class-names.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorText } from "../../parts/error-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import parts from "../../styles/parts.module.css";
import { count, plural } from "../../words/numbers.ts";
import { synthesisCost, SYNTHETIC_BIAS } from "../../words/synthetic.ts";
import styles from "./sets.module.css";

/** Questions that a language model writes for passages: how many, what it costs, and where the text goes. */
export function MakeSynthetic({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const store = use(useStores().synthetic());
  const isSetUp = useLanguage((view) => view.isSetUp);
  const place = useLanguage((view) => view.place);
  const host = useLanguage((view) => hostOf(view.chat.base));
  const size = useLibrary((view) => view.chunking.size);
  const isRunning = useStore(store, (view) => view.running !== null);
  const goTo = useGoTo();
  const [chunks, setChunks] = useState(25);
  const [perChunk, setPerChunk] = useState(2);
  const [seed, setSeed] = useState(1);
  const id = useId();
  return (
    <Dialog
      open={open}
      title="Questions by a language model"
      onClose={onClose}
      actions={
        <>
          <button type="button" className={parts["button"]} onClick={onClose}>
            Cancel
          </button>
          {isSetUp ? (
            <button
              type="button"
              className={cx(parts["button"], parts["primary"])}
              disabled={isRunning}
              onClick={() => {
                store.getState().make({ chunks, perChunk, seed });
                onClose();
              }}
            >
              Write questions
            </button>
          ) : (
            <button type="button" className={cx(parts["button"], parts["primary"])} onClick={() => goTo("models")}>
              Set one up under Models
            </button>
          )}
        </>
      }
    >
      <p>
        Passages are drawn from your documents; the language model writes questions that each of them answers, as
        LlamaIndex does. You can edit them, and export them in its format.
      </p>
      <p className={styles["bias"]}>{SYNTHETIC_BIAS}</p>
      <div className={styles["fields"]}>
        <label htmlFor={`${id}c`}>Passages</label>
        <NumberField id={`${id}c`} value={chunks} min={1} max={1000} onChange={setChunks} />
        <label htmlFor={`${id}q`}>Questions for each</label>
        <NumberField id={`${id}q`} value={perChunk} min={1} max={5} onChange={setPerChunk} />
        <label htmlFor={`${id}s`}>Seed</label>
        <NumberField id={`${id}s`} value={seed} min={0} max={999_999} onChange={setSeed} />
      </div>
      <p className={styles["note"]} role="note" aria-label="Cost of the questions">
        {isSetUp
          ? synthesisCost(chunks, perChunk, size === 0 ? 500 : size, place === "endpoint" ? host : null)
          : "No language model is set up."}
      </p>
    </Dialog>
  );
}

/** How far a set is, and the way on with one that was stopped. */
export function SyntheticProgress({ set }: { readonly set: QuestionSet }) {
  const store = use(useStores().synthetic());
  const view = useStore(store);
  const isSetUp = useLanguage(({ isSetUp: it }) => it);
  const plan = set.synthetic;
  if (plan === undefined) return null;
  const open = openChunks(set).length;
  const isRunning = view.running === set.id;
  const progress = isRunning && view.progress !== null ? view.progress : { ...planProgress(plan), failed: 0 };
  const asked = plan.models.map(({ id, host }) => (host === null ? id : `${id} at ${host}`)).join(", ");
  return (
    <div className={styles["note"]}>
      {isRunning && <ProgressBar label="Writing questions" progress={{ done: progress.done, of: progress.of }} />}
      <p>
        {asked !== "" && `Written by ${asked}. `}
        {open > 0 && `${count(progress.done)} of ${plural(progress.of, "passage")} done. `}
        {progress.fewer > 0 && `${plural(progress.fewer, "question")} fewer came than were asked for. `}
        {progress.failed > 0 && `${plural(progress.failed, "call")} failed. `}
        {SYNTHETIC_BIAS}
      </p>
      {isRunning ? (
        <button type="button" className={parts["quiet"]} onClick={() => view.stop()}>
          <Icon name="stop" size={12} /> Stop writing
        </button>
      ) : (
        open > 0 &&
        isSetUp && (
          <button
            type="button"
            className={parts["button"]}
            disabled={view.running !== null}
            onClick={() => view.resume(set.id)}
          >
            Go on with {plural(open, "passage")}
          </button>
        )
      )}
    </div>
  );
}

/** Why nothing, or no more, was written. */
export function SyntheticError() {
  const store = use(useStores().synthetic());
  const error = useStore(store, (view) => view.error);
  if (error === null) return null;
  return (
    <div role="alert" className={styles["note"]}>
      <ErrorText error={error} />
    </div>
  );
}
