import { useState } from "react";
import type { Question, QuestionSet } from "#core/evaluate/model.ts";
import type { DocumentId } from "#core/model.ts";
import { useEvaluateActions, useLibrary } from "../../app/stores.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { VirtualRows } from "../../parts/virtual-rows.tsx";
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
  const items = useLibrary((view) => view.items);
  const names = new Map(items.flatMap(({ record }) => (record === null ? [] : [[record.id, record.name] as const])));
  return (
    <VirtualRows
      label={`Questions of ${set.name}`}
      count={set.questions.length}
      estimate={76}
      keyOf={(at) => set.questions[at]?.id ?? String(at)}
    >
      {(at) => {
        const question = set.questions[at];
        return question && <QuestionRow set={set} question={question} number={at + 1} names={names} />;
      }}
    </VirtualRows>
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
