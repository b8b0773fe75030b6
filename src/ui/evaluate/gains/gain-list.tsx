import { useId, useState } from "react";
import type { Cell, EvaluationRun, MetricName } from "#core/evaluate/model.ts";
import type { EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import { cx } from "../../parts/class-names.ts";
import { VirtualRows } from "../../parts/virtual-rows.tsx";
import { cellName, METRIC, rankChange, RESULT, signed } from "../../words/evaluate.ts";
import { count } from "../../words/numbers.ts";
import styles from "./gains.module.css";
import { Slope } from "./slope.tsx";
import { useGains } from "./use-gains.ts";
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

/** The re-ranked row that the recommendation speaks of. */
function named({ recommendation }: EvaluationReport): string | undefined {
  return [recommendation?.cell, recommendation?.against].find((cell) => cell?.reranker !== "off")?.key;
}

/** Question by question what re-ranking did in one row of the table. */
export function GainList({ run, report, metric, withEmbedder }: GainListProps) {
  const rows = run.cells.map(({ cell }) => cell).filter(({ reranker }) => reranker !== "off");
  const [key, setKey] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const heading = useId();
  const cell = rows.find((it) => it.key === key) ?? rows.find((it) => it.key === named(report)) ?? rows[0];
  const gains = useGains(report, cell?.key ?? null, metric);
  if (cell === undefined) return null;
  const shown = filter === "all" ? gains : gains.filter(({ result }) => result === filter);
  return (
    <section aria-labelledby={heading} className={styles["gains"]}>
      <h4 id={heading}>Questions by gain in {METRIC[metric].name}</h4>
      <div className={styles["controls"]}>
        {rows.length > 1 && (
          <span>
            <label htmlFor={`${heading}row`}>Row</label>{" "}
            <select id={`${heading}row`} value={cell.key} onChange={({ currentTarget }) => setKey(currentTarget.value)}>
              {rows.map((it) => (
                <option key={it.key} value={it.key}>
                  {cellName(it, withEmbedder)}
                </option>
              ))}
            </select>
          </span>
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
      {shown.length === 0 ? <p className={styles["note"]}>No such question.</p> : <Rows cell={cell} gains={shown} />}
    </section>
  );
}

function Rows({ cell, gains }: { readonly cell: Cell; readonly gains: readonly QuestionGain[] }) {
  if (gains.length <= VIRTUAL_FROM)
    return (
      <ol className={styles["list"]} aria-label={LABEL}>
        {gains.map((gain) => (
          <li key={gain.id} {...dataOf(gain)}>
            <GainRow cell={cell} gain={gain} />
          </li>
        ))}
      </ol>
    );
  const at = (index: number): QuestionGain => gains[index]!;
  return (
    <VirtualRows
      label={LABEL}
      count={gains.length}
      estimate={45}
      keyOf={(index) => at(index).id}
      dataOf={(index) => dataOf(at(index))}
    >
      {(index) => <GainRow cell={cell} gain={at(index)} />}
    </VirtualRows>
  );
}

const LABEL = "Questions by gain";

function dataOf({ id, result }: QuestionGain) {
  return { "data-question-id": id, "data-result": result };
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
