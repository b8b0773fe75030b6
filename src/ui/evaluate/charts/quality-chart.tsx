import { Fragment, useId, useRef } from "react";
import type { MetricName } from "#core/evaluate/model.ts";
import type { EvaluationReport, ReportRow } from "#core/evaluate/report-model.ts";
import { METRIC, shortCellName } from "../../words/evaluate.ts";
import { duration } from "../../words/numbers.ts";
import styles from "./charts.module.css";
import { placeLabels } from "./labels.ts";
import { shareScale, timeScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

interface QualityChartProps {
  readonly report: EvaluationReport;
  readonly metric: MetricName;
  readonly withEmbedder: boolean;
}

const HEIGHT = 280;
const EDGE = { top: 12, right: 12, bottom: 40, left: 40 } as const;

/** What a row costs and what it brings; the table above is its text. */
export function QualityChart({ report, metric, withEmbedder }: QualityChartProps) {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const title = useId();
  const timed = report.rows.filter((row): row is Timed => row.latency !== null);
  const missing = report.rows.length - timed.length;
  return (
    <figure ref={box} className={styles["chart"]} aria-labelledby={title}>
      <figcaption id={title}>
        {METRIC[metric].name}@{report.counted.k} against time per question
        <span className={styles["note"]}>
          Whiskers: where 95 of 100 redraws of the questions fall. The table above says the same in numbers.
        </span>
      </figcaption>
      {timed.length === 0 ? (
        <p className={styles["note"]}>No time was measured: every number was known already.</p>
      ) : (
        width > 0 && <Plot rows={timed} metric={metric} width={width} withEmbedder={withEmbedder} />
      )}
      {timed.length > 0 && missing > 0 && (
        <p className={styles["note"]}>
          {missing === 1 ? "One row is" : `${missing} rows are`} not drawn: their scores were known already, so no time
          was measured.
        </p>
      )}
    </figure>
  );
}

type Timed = ReportRow & { readonly latency: NonNullable<ReportRow["latency"]> };

interface PlotProps {
  readonly rows: readonly Timed[];
  readonly metric: MetricName;
  readonly width: number;
  readonly withEmbedder: boolean;
}

function Plot({ rows, metric, width, withEmbedder }: PlotProps) {
  const right = width - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const marks = rows.flatMap((row) => {
    const value = row.values.find((it) => it.metric === metric);
    return value === undefined ? [] : [{ row, value }];
  });
  const x = timeScale(
    marks.map(({ row }) => row.latency.median),
    EDGE.left,
    right,
  );
  const y = shareScale(
    marks.flatMap(({ value }) => [value.interval.low, value.interval.high, value.value]),
    bottom,
    EDGE.top,
  );
  const points = marks.map(({ row, value }) => ({
    x: x.at(row.latency.median),
    y: y.at(value.value),
    low: y.at(value.interval.low),
    high: y.at(value.interval.high),
    isOff: row.cell.reranker === "off",
    family: `${row.cell.retrieval} ${row.cell.embedder}`,
    key: row.cell.key,
    text: shortCellName(row.cell, withEmbedder, new Set(rows.map(({ cell }) => cell.reranker)).size > 2),
  }));
  const frame = { x: EDGE.left, y: EDGE.top, width: right - EDGE.left, height: bottom - EDGE.top };
  const labels = placeLabels(points, frame);
  const families = [...new Set(points.map(({ family }) => family))];
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
      {x.ticks.map((tick, at) => (
        <text
          key={tick}
          className={styles["tick"]}
          x={x.at(tick)}
          y={bottom + 16}
          textAnchor={at === x.ticks.length - 1 ? "end" : "middle"}
        >
          {duration(tick)}
        </text>
      ))}
      <text className={styles["axis"]} x={(EDGE.left + right) / 2} y={HEIGHT - 4} textAnchor="middle">
        median time per question
      </text>
      {families.map((family) => (
        <polyline
          key={family}
          className={styles["family"]}
          points={points.flatMap((point) => (point.family === family ? [`${point.x},${point.y}`] : [])).join(" ")}
        />
      ))}
      {points.map((point) => (
        <g key={point.key} className={point.isOff ? styles["before"] : styles["after"]}>
          <line x1={point.x} x2={point.x} y1={point.low} y2={point.high} />
          <line x1={point.x - 3} x2={point.x + 3} y1={point.low} y2={point.low} />
          <line x1={point.x - 3} x2={point.x + 3} y1={point.high} y2={point.high} />
          <circle cx={point.x} cy={point.y} r={4} />
        </g>
      ))}
      {labels.map((label, at) => (
        <Fragment key={points[at]?.key}>
          {label.isFar && (
            <line
              className={styles["leader"]}
              x1={points[at]?.x}
              y1={points[at]?.y}
              x2={label.x + (label.x > (points[at]?.x ?? 0) ? 0 : label.width)}
              y2={label.y + label.height / 2}
            />
          )}
          <text className={styles["label"]} x={label.x} y={label.y + label.height / 2} dy="0.35em">
            {label.text}
          </text>
        </Fragment>
      ))}
    </svg>
  );
}
