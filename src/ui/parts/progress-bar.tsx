import type { Progress } from "#core/model.ts";
import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  readonly label: string;
  /** null, or a total of 0, while it is not known how much there is to do. */
  readonly progress: Progress | null;
}

/** How far long work got. The caller puts a Stop or Cancel button beside it. */
export function ProgressBar({ label, progress }: ProgressBarProps) {
  if (progress === null || progress.of === 0) {
    return (
      <div role="progressbar" aria-label={label} className={styles["unknown"]}>
        <div className={styles["track"]}>
          <div className={styles["fill"]} />
        </div>
      </div>
    );
  }
  const done = Math.min(progress.done, progress.of);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={progress.of} aria-valuenow={done}>
      <div className={styles["track"]}>
        <div className={styles["fill"]} style={{ width: `${(100 * done) / progress.of}%` }} />
      </div>
    </div>
  );
}
