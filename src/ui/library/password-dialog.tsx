import { type ReactNode, useId, useState } from "react";
import type { LibraryItem } from "#state/view.ts";
import { useLibrary, useLibraryActions } from "../app/stores.ts";
import { cx } from "../parts/class-names.ts";
import { Dialog } from "../parts/dialog.tsx";
import parts from "../styles/parts.module.css";
import styles from "./password-dialog.module.css";

/** A file that waits for its password. */
function isLocked(item: LibraryItem): boolean {
  return item.state === "failed" && item.record === null && item.error?.code === "PDF_ENCRYPTED";
}

/**
 * Asks for the password of each locked file in turn, by itself: once for every file, and again after a wrong one.
 * A file that was declined keeps its row, with the way to be asked again.
 */
export function PasswordDialog(): ReactNode {
  const items = useLibrary((view) => view.items);
  const actions = useLibraryActions();
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<string | null>(null);
  const locked = items.filter(isLocked);
  const item = locked.find(({ key }) => key === asked) ?? locked.find(({ key }) => !declined.has(key));

  const decline = (): void => {
    if (item === undefined) return;
    setDeclined(new Set([...declined, item.key]));
    setAsked(null);
  };
  return (
    <>
      {item !== undefined && (
        <PasswordForm
          key={item.key}
          name={item.name}
          wrong={item.error?.facts["wrongPassword"] === true}
          onOpen={(password) => {
            // Should it be wrong, the file fails again and is asked for again.
            setDeclined(new Set([...declined].filter((key) => key !== item.key)));
            actions.retry(item.key, password);
          }}
          onCancel={decline}
        />
      )}
      {locked.some(({ key }) => declined.has(key)) && item === undefined && (
        <p className={styles["waiting"]}>
          {locked.length === 1 ? "1 file waits for its password." : `${locked.length} files wait for their passwords.`}{" "}
          <button type="button" className={parts["quiet"]} onClick={() => setAsked(locked[0]?.key ?? null)}>
            Enter password
          </button>
        </p>
      )}
    </>
  );
}

interface PasswordFormProps {
  readonly name: string;
  readonly wrong: boolean;
  readonly onOpen: (password: string) => void;
  readonly onCancel: () => void;
}

function PasswordForm({ name, wrong, onOpen, onCancel }: PasswordFormProps) {
  const form = useId();
  const [password, setPassword] = useState("");
  return (
    <Dialog
      open
      title="This PDF is locked"
      onClose={onCancel}
      actions={
        <>
          <button type="button" className={parts["button"]} onClick={onCancel}>
            Cancel
          </button>
          <button
            type="submit"
            form={form}
            className={cx(parts["button"], parts["primary"])}
            disabled={password === ""}
          >
            Open
          </button>
        </>
      }
    >
      <form
        id={form}
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "") onOpen(password);
        }}
      >
        <p>
          <strong>{name}</strong> opens with a password.
        </p>
        {wrong && (
          <p className={styles["wrong"]} role="alert">
            That password does not open it. Try another one; capital letters matter.
          </p>
        )}
        <label>
          Password
          <input
            type="password"
            autoComplete="off"
            // oxlint-disable-next-line no-autofocus -- the dialog was opened to be typed into
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <p className={styles["small"]}>
          It is remembered until this page is closed, and never stored. The text that is read from the file is kept in
          this browser like that of every other document.
        </p>
      </form>
    </Dialog>
  );
}
