import { useId, useRef, useState } from "react";
import type { QuestionSet } from "#core/evaluate/model.ts";
import { useEvaluate, useEvaluateActions, useLibrary } from "../../app/stores.ts";
import { cx } from "../../parts/class-names.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { Icon } from "../../parts/icon.tsx";
import { saveFile } from "../../library/save-file.ts";
import parts from "../../styles/parts.module.css";
import { MASKED_BIAS, setLine } from "../../words/evaluate.ts";
import { plural } from "../../words/numbers.ts";
import { ImportProgress } from "./import-progress.tsx";
import { MakeSet } from "./make-set.tsx";
import { MakeSynthetic, SyntheticError, SyntheticProgress } from "./synthetic-questions.tsx";
import { QuestionsDialog } from "./questions-dialog.tsx";
import styles from "./sets.module.css";

/** The question sets of this library: one is chosen, others are made or come from files. */
export function QuestionSets() {
  const sets = useEvaluate((view) => view.sets);
  const isReady = useEvaluate((view) => view.isReady);
  const chosen = useEvaluate((view) => view.chosen);
  const actions = useEvaluateActions();
  const input = useRef<HTMLInputElement>(null);
  const isEmpty = useLibrary((view) => view.items.every(({ record }) => record === null));
  const [makes, setMakes] = useState(false);
  const [writes, setWrites] = useState(false);
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={styles["heading"]}>
        Question sets
      </h3>
      {isReady && sets.length === 0 && (
        <p className={styles["empty"]}>
          Questions with known answers. Grade passages in Compare, make a quick set from your documents, or import one.
        </p>
      )}
      {sets.length > 0 && (
        <ul className={styles["sets"]}>
          {sets.map((set) => (
            <SetRow key={set.id} set={set} chosen={set.id === chosen} />
          ))}
        </ul>
      )}
      <div className={styles["actions"]}>
        <button type="button" className={parts["button"]} disabled={isEmpty} onClick={() => setMakes(true)}>
          Make from the documents
        </button>
        <button type="button" className={parts["button"]} disabled={isEmpty} onClick={() => setWrites(true)}>
          Have a language model write some
        </button>
        <button type="button" className={parts["button"]} onClick={() => input.current?.click()}>
          Import…
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Question sets to import"
          onChange={({ currentTarget }) => {
            void actions.importFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = "";
          }}
        />
      </div>
      {isEmpty && (
        <p className={styles["note"]}>No documents here yet: add some in Compare, or import a BEIR corpus.</p>
      )}
      <ImportProgress />
      <SyntheticError />
      <MakeSet open={makes} onClose={() => setMakes(false)} />
      <MakeSynthetic open={writes} onClose={() => setWrites(false)} />
    </section>
  );
}

function SetRow({ set, chosen }: { readonly set: QuestionSet; readonly chosen: boolean }) {
  const actions = useEvaluateActions();
  const [shows, setShows] = useState(false);
  const [asks, setAsks] = useState(false);
  const save = async () => {
    const { blob, name } = await actions.exportSet(set.id);
    saveFile(blob, name);
  };
  return (
    <li className={cx(styles["set"], chosen && styles["chosen"])} data-set-id={set.id} data-origin={set.origin}>
      <label className={styles["choice"]}>
        <input type="radio" name="question-set" checked={chosen} onChange={() => actions.choose(set.id)} />
        <span className={styles["name"]}>
          {set.name}
          <span className={styles["line"]}>{setLine(set)}</span>
        </span>
      </label>
      <span className={styles["tools"]}>
        <button type="button" className={parts["quiet"]} onClick={() => setShows(true)}>
          Look<span className={parts["hidden"]}> at {set.name}</span>
        </button>
        <button type="button" className={parts["quiet"]} onClick={() => void save()}>
          Export<span className={parts["hidden"]}> {set.name}</span>
        </button>
        <button
          type="button"
          className={parts["icon-button"]}
          aria-label={`Delete ${set.name}`}
          title="Delete"
          onClick={() => setAsks(true)}
        >
          <Icon name="trash" />
        </button>
      </span>
      {chosen && set.origin === "masked" && <p className={styles["note"]}>{MASKED_BIAS}</p>}
      {chosen && set.synthetic !== undefined && <SyntheticProgress set={set} />}
      <QuestionsDialog set={set} open={shows} onClose={() => setShows(false)} />
      <Confirm
        open={asks}
        title={`Delete ${set.name}?`}
        action="Delete"
        onConfirm={() => void actions.deleteSet(set.id)}
        onClose={() => setAsks(false)}
      >
        <p>
          {plural(set.questions.length, "question")} and the results of its last run will be deleted from this browser.
          Scores that are known stay, so that an equal set runs fast. This cannot be undone; export the set first if you
          may want it back.
        </p>
      </Confirm>
    </li>
  );
}
