import { Fragment, useId, useRef, useState } from "react";
import type { EvaluationRun } from "#core/evaluate/model.ts";
import type { CeilingCurve, EvaluationReport } from "#core/evaluate/report-model.ts";
import { ceilingSentence, retrievalName } from "../../words/evaluate.ts";
import styles from "./charts.module.css";
import { shareScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

interface CeilingChartProps {
  readonly report: EvaluationReport;
  readonly run: EvaluationRun;
  readonly withEmbedder: boolean;
}

const HEIGHT = 280;
const EDGE = { top: 12, right: 16, bottom: 40, left: 40 } as const;

/** Could re-ranking have saved it? The share of questions whose answer is among the first n candidates. */
export function CeilingChart({ report, run, withEmbedder }: CeilingChartProps) {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const title = useId();
  const [key, setKey] = useState("");
  const curve = report.ceilings.find(({ cell }) => cell.key === key) ?? report.ceilings[0];
  const pools = run.grid.pools.toSorted((a, b) => a - b);
  return (
    <figure ref={box} className={styles["chart"]} aria-labelledby={title}>
      <figcaption id={title}>
        Could re-ranking have saved it?
        <span className={styles["note"]}>
          Questions with an answer among the first n candidates: no re-ranker does better.
        </span>
      </figcaption>
      {report.ceilings.length > 1 && curve !== undefined && (
        <p className={styles["pick"]}>
          <label htmlFor={`${title}of`}>Candidates of</label>
          <select
            id={`${title}of`}
            value={curve.cell.key}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          >
            {report.ceilings.map(({ cell }) => (
              <option key={cell.key} value={cell.key}>
                {retrievalName(cell, withEmbedder)}
              </option>
            ))}
          </select>
        </p>
      )}
      {curve !== undefined && width > 0 && <Plot curve={curve} pools={pools} width={width} />}
      {curve !== undefined && (
        <p className={styles["sentence"]} data-ceiling="">
          {ceilingSentence(curve, pools)}
        </p>
      )}
    </figure>
  );
}

interface PlotProps {
  readonly curve: CeilingCurve;
  readonly pools: readonly number[];
  readonly width: number;
}

function Plot({ curve, pools, width }: PlotProps) {
  const { questions } = curve;
  const right = width - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const deepest = Math.max(...curve.points.map(({ pool }) => pool), ...pools, 2);
  const x = (pool: number): number => EDGE.left + ((pool - 1) / (deepest - 1)) * (right - EDGE.left);
  const share = (found: number): number => (questions === 0 ? 0 : found / questions);
  const shares = curve.points.map(({ found }) => share(found));
  const y = shareScale([...shares, 1], bottom, EDGE.top);
  const last = shares.at(-1) ?? 0;
  // A step: between two sizes nothing is found.
  const path = curve.points
    .map(({ pool, found }, at) =>
      at === 0 ? `M${x(pool)},${y.at(share(found))}` : `H${x(pool)}V${y.at(share(found))}`,
    )
    .join("");
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className={styles["plot"]}>
      {y.ticks.map((tick) => (
        <Fragment key={tick}>
          <line className={styles["grid"]} x1={EDGE.left} x2={right} y1={y.at(tick)} y2={y.at(tick)} />
          <text className={styles["tick"]} x={EDGE.left - 6} y={y.at(tick)} dy="0.35em" textAnchor="end">
            {tick.toFixed(2)}
          </text>
        </Fragment>
      ))}
      {pools.map((pool) => {
        const found = share(curve.points.findLast((point) => point.pool <= pool)?.found ?? 0);
        return (
          <g key={pool} className={styles["after"]}>
            <line className={styles["pool"]} x1={x(pool)} x2={x(pool)} y1={y.at(found)} y2={bottom} />
            <circle cx={x(pool)} cy={y.at(found)} r={4} />
            <text
              className={styles["tick"]}
              x={x(pool)}
              y={bottom + 16}
              textAnchor={pool === deepest ? "end" : "middle"}
            >
              {pool}
            </text>
          </g>
        );
      })}
      <text className={styles["tick"]} x={x(1)} y={bottom + 16} textAnchor="middle">
        1
      </text>
      <path className={styles["curve"]} d={`${path}H${x(Math.max(deepest, 1))}`} />
      <text className={styles["axis"]} x={(EDGE.left + right) / 2} y={HEIGHT - 4} textAnchor="middle">
        pool size
      </text>
      <text
        className={styles["label"]}
        x={right}
        y={y.at(last)}
        dy={y.at(last) < EDGE.top + 20 ? "1.4em" : "-0.7em"}
        textAnchor="end"
      >
        {last.toFixed(3)}
      </text>
    </svg>
  );
}
