import type { Progress } from "#core/model.ts";
import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  readonly label: string;
  /** null, or a total of 0, while it is not known how much there is to do. */
  readonly progress: Progress | null;
}

/** How far long work got. The caller puts a Stop or Cancel button beside it. */
export function ProgressBar({ label, progress }: ProgressBarProps) {
  const isKnown = progress !== null && progress.of > 0;
  const amount = isKnown ? { max: progress.of, value: Math.min(progress.done, progress.of) } : {};
  return <progress className={styles["progress"]} aria-label={label} {...amount} />;
}
