import { Fragment } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import styles from "./keys-dialog.module.css";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["/"], "Go to the question"],
  [["Enter"], "Ask, in the question"],
  [["j", "↓"], "Next row"],
  [["k", "↑"], "Row before"],
  [["h", "←"], "To the list before re-ranking"],
  [["l", "→"], "To the list after re-ranking"],
  [["Home", "End"], "First row, last row"],
  [["Enter"], "Open the passage of a row in the reader; on a rank in the reader: back to its row"],
  [["1", "2", "0"], "Grade a row: relevant, highly relevant, not relevant; the same again takes it back"],
  [["u"], "Undo the last grade"],
  [["Space"], "All scores and the whole text of a row"],
  [["Esc"], "Close details, back to the question"],
  [["e"], "Evaluate: does re-ranking help, in numbers"],
  [["?"], "This list"],
];

const READER_KEYS: typeof KEYS = [
  [["←", "→"], "Page before, next page"],
  [["+", "-"], "Larger, smaller"],
  [["0", "9"], "Fit the width, fit the page"],
  [["r"], "Turn"],
  [["t"], "Pages and outline"],
  [["Ctrl F"], "Find in the document"],
  [["Esc"], "Close the reader, back to the row"],
];

export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog
      open={open}
      title="Help and keys"
      onClose={onClose}
      actions={
        <button type="button" className={cx(parts["button"], parts["primary"])} onClick={onClose}>
          Close
        </button>
      }
    >
      <p className={styles["text"]}>
        Retrieval picks a pool of chunks from your PDFs; re-ranking reads each of them together with your question and
        sorts the pool again. The two lists show the same pool before and after, so that you can see what it changed.
      </p>
      <p className={styles["text"]}>
        Documents, questions and results stay in this browser. After the first visit the page works offline.
      </p>
      <KeyList keys={KEYS} />
      <h3 className={styles["part"]}>In the reader</h3>
      <KeyList keys={READER_KEYS} />
    </Dialog>
  );
}

function KeyList({ keys: list }: { readonly keys: typeof KEYS }) {
  return (
    <dl className={styles["keys"]}>
      {list.map(([keys, does]) => (
        <Fragment key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key} className={parts["kbd"]}>
                {key}
              </kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
