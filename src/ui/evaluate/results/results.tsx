import { useId, useState } from "react";
import type { EvaluationRun, MetricName } from "#core/evaluate/model.ts";
import { useEvaluate } from "../../app/stores.ts";
import { CeilingChart } from "../charts/ceiling-chart.tsx";
import { QualityChart } from "../charts/quality-chart.tsx";
import { GainList } from "../gains/gain-list.tsx";
import { recommendationSentence } from "../../words/evaluate.ts";
import { count, plural } from "../../words/numbers.ts";
import { CountControls } from "./count-controls.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { ResultTable } from "./result-table.tsx";
import styles from "./results.module.css";

/** The table first, then the sentence's evidence: chart, ceiling, questions. */
export function Results({ run }: { readonly run: EvaluationRun }) {
  const report = useEvaluate((view) => view.report);
  const isBundle = useEvaluate((view) => view.isBundle);
  const [metric, setMetric] = useState<MetricName>("ndcg");
  const heading = useId();
  const embedders = new Set(run.cells.map(({ cell }) => cell.embedder)).size;
  const done = Math.min(...run.cells.map(({ outcomes }) => outcomes.length));
  return (
    <section aria-labelledby={heading} className={styles["results"]} aria-busy={report === null}>
      <div className={styles["head"]}>
        <h3 id={heading}>
          {run.set.name}
          <span className={styles["facts"]}>
            {run.finished
              ? plural(run.set.questions.length, "question")
              : `${count(Number.isFinite(done) ? done : 0)} of ${plural(run.set.questions.length, "question")} so far`}
            {` · ${plural(run.corpus.documents, "document")}, ${plural(run.corpus.chunks, "passage")} · `}
            <time dateTime={new Date(run.startedAt).toISOString()}>
              {new Date(run.startedAt).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}
            </time>
            {isBundle && " · read from a proof bundle, not run here"}
          </span>
        </h3>
        <ExportMenu run={run} />
      </div>
      {report === null ? (
        <p className={styles["waiting"]}>Counting…</p>
      ) : (
        <>
          <p role="status" aria-label="Recommendation" className={styles["recommendation"]}>
            {report.recommendation !== null &&
              recommendationSentence(report.recommendation, report.rows, embedders > 1)}
          </p>
          <CountControls metric={metric} onMetric={setMetric} />
          <ResultTable report={report} metric={metric} withEmbedder={embedders > 1} />
          <p className={styles["legend"]}>
            Under each number: the difference to off with the interval that holds 95 of 100 redraws of the questions, p
            of a randomization test, and questions won/tied/lost. p is not corrected for how many rows are looked at.
          </p>
          <div className={styles["charts"]}>
            <QualityChart report={report} metric={metric} withEmbedder={embedders > 1} />
            <CeilingChart report={report} run={run} withEmbedder={embedders > 1} />
          </div>
          <GainList run={run} report={report} metric={metric} withEmbedder={embedders > 1} />
        </>
      )}
    </section>
  );
}
