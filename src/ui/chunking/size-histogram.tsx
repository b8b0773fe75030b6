import type { ChunkPreview } from "#core/chunk/preview.ts";
import { count, plural } from "../words/numbers.ts";
import { sizesSentence } from "./words.ts";
import styles from "./chunking.module.css";

const WIDTH = 320;
const HEIGHT = 72;
const FLOOR = HEIGHT - 16;
const TOP = 14;

/** How many chunks of which size; a line where the model stops reading, if any chunk goes that far. */
export function SizeHistogram({ preview }: { readonly preview: ChunkPreview }) {
  const { sizes, limit, largest } = preview;
  const last = sizes.at(-1);
  if (last === undefined) return null;
  const most = Math.max(...sizes.map((bin) => bin.count));
  const x = (tokens: number): number => (WIDTH * tokens) / last.to;
  const step = WIDTH / sizes.length;
  return (
    <svg
      className={styles["histogram"]}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Sizes: ${sizesSentence(preview)}`}
    >
      {sizes.map((bin, i) => {
        const height = ((FLOOR - TOP) * bin.count) / most;
        const isLong = bin.to > limit + 1 && bin.from <= largest && bin.from >= limit;
        return (
          <g key={bin.from}>
            <title>{`${count(bin.from)} to ${count(bin.to - 1)} tokens: ${plural(bin.count, "chunk")}`}</title>
            <rect className={styles["hit"]} x={i * step} y={0} width={step} height={FLOOR} />
            {bin.count > 0 && (
              <rect
                className={isLong ? styles["long"] : styles["bar"]}
                x={i * step + 1}
                y={FLOOR - Math.max(1, height)}
                width={Math.max(1, step - 2)}
                height={Math.max(1, height)}
              />
            )}
          </g>
        );
      })}
      <line className={styles["axis"]} x1={0} x2={WIDTH} y1={FLOOR + 0.5} y2={FLOOR + 0.5} />
      {largest > limit && (
        <>
          <line className={styles["limit"]} x1={x(limit)} x2={x(limit)} y1={0} y2={FLOOR} />
          <text className={styles["tick"]} x={x(limit) + 4} y={10}>
            model reads {count(limit)}
          </text>
        </>
      )}
      <text className={styles["tick"]} x={0} y={HEIGHT - 3}>
        0
      </text>
      <text className={styles["tick"]} x={WIDTH / 2} y={HEIGHT - 3} textAnchor="middle">
        tokens
      </text>
      <text className={styles["tick"]} x={WIDTH} y={HEIGHT - 3} textAnchor="end">
        {count(last.to)}
      </text>
    </svg>
  );
}
