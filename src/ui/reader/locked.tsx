import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";
import { cx } from "../parts/class-names.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { useReader, useReaderActions } from "./reader-context.ts";
import styles from "./reader.module.css";

/** An encrypted document: asks for its password. It is kept for this session only. */
export function Locked() {
  const error = useReader((view) => view.error);
  const actions = useReaderActions();
  const [typed, setTyped] = useState("");
  const [shows, setShows] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const words = useId();
  const isWrong = error !== null;

  // A refused password is selected, ready to be typed over.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [error]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (typed !== "") actions.unlock(typed);
  };
  return (
    <form className={styles["message"]} onSubmit={submit}>
      <p>
        <strong>This document is locked.</strong> It opens with its password, which is kept for this session only.
      </p>
      <label className={styles["password"]}>
        Password
        <input
          ref={field}
          type={shows ? "text" : "password"}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? words : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p id={words} className={styles["wrong"]} role="alert">
        {isWrong && (
          <>
            <Icon name="warning" /> That password does not open it. Check capitals and try again.
          </>
        )}
      </p>
      <div className={styles["actions"]}>
        <button type="submit" className={cx(parts["button"], parts["primary"])} disabled={typed === ""}>
          Open
        </button>
        <label className={styles["check"]}>
          <input type="checkbox" checked={shows} onChange={(event) => setShows(event.target.checked)} /> Show password
        </label>
      </div>
    </form>
  );
}
