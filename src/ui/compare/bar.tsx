import { type Axis, barOf, zeroOf } from "./bars.ts";
import styles from "./bar.module.css";
import type { Side } from "./rows.ts";

interface BarProps {
  readonly axis: Axis;
  readonly score: number | null;
  readonly side: Side;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

/** A score on its list's own axis, from zero. The number stands above it. */
export function Bar({ axis, score, side }: BarProps) {
  const box = score === null ? null : barOf(axis, score);
  return (
    <div className={styles["bar"]} data-side={side} aria-hidden="true">
      {box !== null && (
        <span className={styles["fill"]} style={{ left: percent(box.start), width: percent(box.width) }} />
      )}
      {axis.low < 0 && <span className={styles["zero"]} style={{ left: percent(zeroOf(axis)) }} />}
    </div>
  );
}
