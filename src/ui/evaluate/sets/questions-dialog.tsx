import { useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Question, QuestionSet } from "#core/evaluate/model.ts";
import type { DocumentId } from "#core/model.ts";
import { useEvaluateActions, useLibrary } from "../../app/stores.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import parts from "../../styles/parts.module.css";
import { plural } from "../../words/numbers.ts";
import styles from "./sets.module.css";

interface QuestionsDialogProps {
  readonly set: QuestionSet;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The questions of a set: their words can be changed, each can go. */
export function QuestionsDialog({ set, open, onClose }: QuestionsDialogProps) {
  return (
    <Dialog
      open={open}
      wide
      title={set.name}
      onClose={onClose}
      actions={
        <button type="button" className={parts["button"]} onClick={onClose}>
          Close
        </button>
      }
    >
      <p className={styles["note"]}>
        {plural(set.questions.length, "question")}. Changed words are kept when you leave the field.
      </p>
      <Questions set={set} />
    </Dialog>
  );
}

function Questions({ set }: { readonly set: QuestionSet }) {
  const box = useRef<HTMLDivElement>(null);
  const items = useLibrary((view) => view.items);
  const names = new Map(items.flatMap(({ record }) => (record === null ? [] : [[record.id, record.name] as const])));
  const rows = useVirtualizer({
    count: set.questions.length,
    getScrollElement: () => box.current,
    estimateSize: () => 76,
    getItemKey: (at) => set.questions[at]?.id ?? at,
    overscan: 6,
  });
  return (
    <div ref={box} className={styles["questions"]} tabIndex={0} role="group" aria-label={`Questions of ${set.name}`}>
      <ol style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const question = set.questions[index];
          return question === undefined ? null : (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={set.questions.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <QuestionRow set={set} question={question} number={index + 1} names={names} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface QuestionRowProps {
  readonly set: QuestionSet;
  readonly question: Question;
  readonly number: number;
  readonly names: ReadonlyMap<DocumentId, string>;
}

function QuestionRow({ set, question, number, names }: QuestionRowProps) {
  const actions = useEvaluateActions();
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    if (draft !== null && draft.trim() !== "" && draft !== question.text)
      void actions.renameQuestion(set.id, question.id, draft.trim());
    setDraft(null);
  };
  const documents = [
    ...new Set(question.targets.map(({ documentId }) => names.get(documentId) ?? "not in this library")),
  ];
  return (
    <div className={styles["question"]}>
      <span className={styles["number"]}>{number}</span>
      <div>
        <textarea
          rows={2}
          aria-label={`Question ${number}`}
          value={draft ?? question.text}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          onBlur={save}
        />
        <p className={styles["line"]}>
          {plural(question.targets.length, "answer")} in {documents.slice(0, 3).join(", ")}
          {documents.length > 3 && ` and ${documents.length - 3} more`}
        </p>
      </div>
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label={`Delete question ${number}`}
        onClick={() => void actions.deleteQuestion(set.id, question.id)}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
