import { type ReactNode, useEffect, useId, useRef } from "react";
import { cx } from "./class-names.ts";
import styles from "./dialog.module.css";

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  /** For text that is read beside its settings. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons; the first one that may take focus does. */
  readonly actions: ReactNode;
}

/** A native modal dialog: the browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ open, title, wide = false, onClose, children, actions }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === open) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);

  // A click on the backdrop is a click on the dialog element itself; its contents sit in a div.
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    const click = (event: MouseEvent) => {
      if (event.target !== dialog) return;
      const box = dialog.getBoundingClientRect();
      const inside =
        event.clientX >= box.left &&
        event.clientX <= box.right &&
        event.clientY >= box.top &&
        event.clientY <= box.bottom;
      if (!inside) dialog.close();
    };
    dialog.addEventListener("click", click);
    return () => dialog.removeEventListener("click", click);
  }, []);

  return (
    <dialog
      ref={ref}
      className={cx(styles["dialog"], wide && styles["wide"])}
      aria-labelledby={heading}
      onClose={onClose}
    >
      {open && (
        <>
          <h2 id={heading}>{title}</h2>
          {children}
          <div className={styles["actions"]}>{actions}</div>
        </>
      )}
    </dialog>
  );
}
