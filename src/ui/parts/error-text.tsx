import type { ErrorData } from "#core/base/errors.ts";
import { errorSubject, errorWords } from "../words/errors.ts";
import styles from "./error-text.module.css";

interface ErrorTextProps {
  readonly error: ErrorData;
  /** Says which file it is about, where nothing beside it does. */
  readonly named?: boolean;
}

/** What happened, what is safe, what to do; the underlying message is folded away for bug reports. */
export function ErrorText({ error, named = false }: ErrorTextProps) {
  const { title, safe, next } = errorWords(error);
  const subject = named ? errorSubject(error) : null;
  return (
    <div className={styles["error"]} data-error-code={error.code}>
      <p>
        {subject !== null && `${subject}: `}
        <strong>{title}</strong>
      </p>
      <p>
        {safe} {next}
      </p>
      {error.detail !== "" && error.detail !== error.code && (
        <details>
          <summary>Details</summary>
          <code>
            {error.code}: {error.detail.replace(`${error.code}: `, "")}
          </code>
        </details>
      )}
    </div>
  );
}
