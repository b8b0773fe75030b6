import type { MetricName } from "#core/evaluate/model.ts";
import type { EvaluationReport, MetricValue, ReportRow } from "#core/evaluate/report-model.ts";
import { cx } from "../../parts/class-names.ts";
import { Icon } from "../../parts/icon.tsx";
import parts from "../../styles/parts.module.css";
import {
  cellName,
  decimal,
  effectOf,
  interval,
  MOVEMENT_TELLS,
  movementLine,
  METRIC,
  probability,
  rowWarning,
  signed,
  tally,
} from "../../words/evaluate.ts";
import { duration, plural } from "../../words/numbers.ts";
import styles from "./result-table.module.css";
import { TABLE_METRICS } from "./table-metrics.ts";

interface ResultTableProps {
  readonly report: EvaluationReport;
  /** Narrow screens show this column only. */
  readonly metric: MetricName;
  readonly withEmbedder: boolean;
}

/** Settings in rows, metrics in columns; under each number its difference to off. */
export function ResultTable({ report, metric, withEmbedder }: ResultTableProps) {
  const { k } = report.counted;
  return (
    <table className={styles["table"]} aria-label="Results">
      <thead>
        <tr>
          <th scope="col">Setting</th>
          {TABLE_METRICS.map((name) => (
            <th key={name} scope="col" title={METRIC[name].tells} className={columnClass(name, metric)}>
              {METRIC[name].name}@{k}
            </th>
          ))}
          <th scope="col" title="Per question, where it was measured and not remembered">
            Time <span className={styles["unit"]}>median, p95</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {report.rows.map((row) => (
          <Row key={row.cell.key} row={row} k={k} metric={metric} withEmbedder={withEmbedder} />
        ))}
      </tbody>
    </table>
  );
}

function columnClass(name: MetricName, chosen: MetricName): string {
  return cx(styles["number"], name !== chosen && styles["spare"]);
}

interface RowProps extends Omit<ResultTableProps, "report"> {
  readonly row: ReportRow;
  readonly k: number;
}

function Row({ row, k, metric, withEmbedder }: RowProps) {
  const warning = rowWarning(row.values.filter(({ metric: name }) => TABLE_METRICS.includes(name)));
  const isOff = row.cell.reranker === "off";
  return (
    <tr data-cell={row.cell.key} className={isOff ? styles["off"] : undefined}>
      <th scope="row">
        <span className={styles["name"]}>{cellName(row.cell, withEmbedder)}</span>
        {warning !== null && (
          <span className={warning.tone === "worse" ? styles["worse"] : styles["lower"]}>
            {warning.tone === "worse" && <Icon name="warning" size={12} />}
            {warning.words}
          </span>
        )}
        <Footnotes row={row} k={k} />
      </th>
      {TABLE_METRICS.map((name) => {
        const value = row.values.find((it) => it.metric === name);
        return (
          <td
            key={name}
            className={columnClass(name, metric)}
            data-metric={name}
            data-value={value === undefined ? "" : String(value.value)}
          >
            {value !== undefined && <Value value={value} />}
          </td>
        );
      })}
      <td className={styles["number"]} data-metric="latency" data-value={row.latency?.median ?? ""}>
        {row.latency === null ? (
          <span className={styles["small"]}>not measured</span>
        ) : (
          <>
            <span className={styles["value"]}>{duration(row.latency.median)}</span>
            <span className={styles["small"]}>{duration(row.latency.p95)}</span>
            {row.latency.measured < row.questions && (
              <span className={styles["small"]}>of {plural(row.latency.measured, "question")}</span>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

function Footnotes({ row, k }: { readonly row: ReportRow; readonly k: number }) {
  const { fallbacks, unjudged, movement } = row;
  return (
    <span className={styles["small"]}>
      {movement !== null && <span title={MOVEMENT_TELLS}>{movementLine(movement, k)}</span>}
      {movement !== null && <br />}
      {unjudged > 0 && `${Math.round(unjudged * 100)} % of the first ${k} unjudged`}
      {fallbacks > 0 && `${unjudged > 0 ? " · " : ""}${plural(fallbacks, "question")} did not run as asked`}
    </span>
  );
}

const TONE: Record<ReturnType<typeof effectOf> & string, string> = {
  better: "better",
  worse: "worse",
  higher: "small",
  lower: "small",
  same: "small",
};

function Value({ value }: { readonly value: MetricValue }) {
  const { against } = value;
  const effect = effectOf(value);
  return (
    <>
      <span className={styles["value"]}>{decimal(value.value)}</span>
      {against === null || effect === null ? (
        <span className={styles["small"]}>{interval(value.interval)}</span>
      ) : (
        <>
          <span className={styles[TONE[effect]]}>
            <span className={parts["hidden"]}>against off: </span>
            {signed(against.difference)}
            {effect === "worse" && " worse"}
            {effect === "better" && " better"}
          </span>
          <span className={styles["small"]}>{interval(against.interval, signed)}</span>
          <span className={styles["small"]} title={tally(against)}>
            {probability(against.p)}
            <span aria-hidden="true">
              {" · "}
              {against.wins}/{against.ties}/{against.losses}
            </span>
            <span className={parts["hidden"]}>, {tally(against)}</span>
          </span>
        </>
      )}
    </>
  );
}
