import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useMemo, useRef, useState } from "react";
import type { Cell, EvaluationRun, MetricName } from "#core/evaluate/model.ts";
import type { EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import { useEvaluateActions } from "../../app/stores.ts";
import { cx } from "../../parts/class-names.ts";
import { cellName, METRIC, rankChange, RESULT, signed } from "../../words/evaluate.ts";
import { count, plural } from "../../words/numbers.ts";
import styles from "./gains.module.css";
import { Slope } from "./slope.tsx";
import { useOpenQuestion } from "./use-open-question.ts";

interface GainListProps {
  readonly run: EvaluationRun;
  readonly report: EvaluationReport;
  readonly metric: MetricName;
  readonly withEmbedder: boolean;
}

type Filter = "all" | QuestionGain["result"];

const FILTERS: readonly (readonly [filter: Filter, name: string])[] = [
  ["all", "All"],
  ["won", "Won"],
  ["lost", "Lost"],
  ["out-of-pool", "Out of pool"],
];

/** Beyond this many rows only those in view are in the page. */
const VIRTUAL_FROM = 500;

/** Question by question what re-ranking did in one row of the table. */
export function GainList({ run, report, metric, withEmbedder }: GainListProps) {
  const actions = useEvaluateActions();
  const rows = run.cells.map(({ cell }) => cell).filter(({ reranker }) => reranker !== "off");
  const [key, setKey] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const heading = useId();
  const cell = rows.find((it) => it.key === key) ?? rows[0];
  const cellKey = cell?.key ?? null;
  // `report` stands for the run and the way it is counted.
  const gains = useMemo(
    () => (cellKey === null ? [] : actions.gains(cellKey, metric)),
    [actions, cellKey, metric, report],
  );
  if (cell === undefined) return null;
  const shown = filter === "all" ? gains : gains.filter(({ result }) => result === filter);
  return (
    <section aria-labelledby={heading} className={styles["gains"]}>
      <h4 id={heading}>Questions by gain in {METRIC[metric].name}</h4>
      <div className={styles["controls"]}>
        {rows.length > 1 && (
          <label>
            Row{" "}
            <select value={cell.key} onChange={({ currentTarget }) => setKey(currentTarget.value)}>
              {rows.map((it) => (
                <option key={it.key} value={it.key}>
                  {cellName(it, withEmbedder)}
                </option>
              ))}
            </select>
          </label>
        )}
        <fieldset className={styles["filters"]}>
          <legend>Show</legend>
          {FILTERS.map(([value, name]) => (
            <label key={value}>
              <input
                type="radio"
                name={`${heading}filter`}
                checked={filter === value}
                onChange={() => setFilter(value)}
              />
              {name} {count(value === "all" ? gains.length : gains.filter(({ result }) => result === value).length)}
            </label>
          ))}
        </fieldset>
      </div>
      {run.set.origin === "masked" && (
        <p className={styles["note"]}>
          Compare asks the whole documents, with the sentence in its place: the lists there are not those of the run.
        </p>
      )}
      {shown.length === 0 ? (
        <p className={styles["note"]}>No such question.</p>
      ) : (
        <Rows cell={cell} gains={shown} virtual={shown.length > VIRTUAL_FROM} />
      )}
    </section>
  );
}

interface RowsProps {
  readonly cell: Cell;
  readonly gains: readonly QuestionGain[];
  readonly virtual: boolean;
}

function Rows({ cell, gains, virtual }: RowsProps) {
  return virtual ? (
    <VirtualRows cell={cell} gains={gains} virtual />
  ) : (
    <ol className={styles["list"]} aria-label="Questions by gain">
      {gains.map((gain) => (
        <li key={gain.id} data-question-id={gain.id} data-result={gain.result}>
          <GainRow cell={cell} gain={gain} />
        </li>
      ))}
    </ol>
  );
}

function VirtualRows({ cell, gains }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: gains.length,
    getScrollElement: () => box.current,
    estimateSize: () => 45,
    getItemKey: (at) => gains[at]?.id ?? at,
    overscan: 12,
  });
  return (
    <div ref={box} className={styles["window"]} role="group" aria-label={plural(gains.length, "question")} tabIndex={0}>
      <ol className={styles["list"]} aria-label="Questions by gain" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const gain = gains[index];
          return gain === undefined ? null : (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-question-id={gain.id}
              data-result={gain.result}
              aria-setsize={gains.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <GainRow cell={cell} gain={gain} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function GainRow({ cell, gain }: { readonly cell: Cell; readonly gain: QuestionGain }) {
  const open = useOpenQuestion();
  return (
    <button type="button" className={styles["row"]} onClick={() => open(gain.text, cell)} title="Open in Compare">
      <span className={styles["text"]}>{gain.text}</span>
      <Slope gain={gain} pool={cell.pool} />
      <span className={styles["ranks"]}>{rankChange(gain)}</span>
      <span className={cx(styles["gain"], styles[gain.result])}>
        {signed(gain.gain)} <span className={styles["result"]}>{RESULT[gain.result]}</span>
      </span>
    </button>
  );
}
