import type { QuestionGain } from "#core/evaluate/report-model.ts";
import styles from "./gains.module.css";

const WIDTH = 56;
const HEIGHT = 28;
const EDGE = 4;

/** The first answer's rank before and after, on a logarithmic height: first place on top, not found at the bottom. */
export function Slope({ gain, pool }: { readonly gain: QuestionGain; readonly pool: number }) {
  const height = (rank: number | null): number => {
    const share = rank === null ? 1 : Math.min(0.9, Math.log(rank) / Math.log(Math.max(2, pool)));
    return EDGE + share * (HEIGHT - 2 * EDGE);
  };
  const [from, to] = [height(gain.before), height(gain.after)];
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className={styles["slope"]} data-result={gain.result}>
      <line x1={EDGE} y1={from} x2={WIDTH - EDGE} y2={to} />
      <circle cx={EDGE} cy={from} r={2.5} className={styles["from"]} />
      <circle cx={WIDTH - EDGE} cy={to} r={2.5} className={styles["to"]} />
    </svg>
  );
}
