import type { ErrorData } from "#core/base/errors.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import styles from "./fatal.module.css";

/** The app cannot start: why, and the one thing to do. */
export function Fatal({ error }: { readonly error: ErrorData }) {
  return (
    <div className={styles["fatal"]} role="alert">
      <h2>Second Look cannot start</h2>
      <ErrorText error={error} />
      <button type="button" className={cx(parts["button"], parts["primary"])} onClick={() => location.reload()}>
        Reload
      </button>
    </div>
  );
}
