import type { ImportReason, ImportReport } from "#core/evaluate/formats/imported.ts";
import type { Unresolved } from "#core/evaluate/resolve.ts";
import { useEvaluate, useEvaluateActions, useLibraryActions } from "../../app/stores.ts";
import { ErrorText } from "../../parts/error-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import parts from "../../styles/parts.module.css";
import { importLine, readSentence, reasonWords, unresolvedWords } from "../../words/evaluate.ts";
import { count, plural } from "../../words/numbers.ts";
import styles from "./sets.module.css";

/** An import under way, and what it left out. */
export function ImportProgress() {
  const importing = useEvaluate((view) => view.importing);
  const actions = useEvaluateActions();
  const libraries = useLibraryActions();
  if (importing === null) return null;
  const { phase, progress, report, unresolved, notFound, library, error } = importing;
  const isOver = phase === "done" || phase === "failed";
  return (
    <div className={styles["import"]} data-import={phase}>
      {!isOver && (
        <>
          <div className={styles["importing"]}>
            <span>{importLine(importing)}</span>
            <button type="button" className={parts["quiet"]} onClick={() => actions.cancelImport()}>
              Cancel
            </button>
          </div>
          <ProgressBar label="Import" progress={progress?.documents ?? null} />
        </>
      )}
      {error !== null && (
        <div role="alert">
          <ErrorText error={error} named />
        </div>
      )}
      {report !== null && (
        <>
          <p role="status" aria-label="Import report">
            {readSentence(report)}
            {unresolved > 0 &&
              ` ${plural(unresolved, "judgement")} ${unresolved === 1 ? "names" : "name"} nothing in this library and ${unresolved === 1 ? "is" : "are"} left out.`}
          </p>
          <Problems report={report} />
          <NotFound targets={notFound} of={unresolved} />
        </>
      )}
      {library !== null && (
        <button type="button" className={parts["button"]} onClick={() => libraries.openLibrary(library)}>
          Open the library {library}
        </button>
      )}
      {isOver && (
        <button
          type="button"
          className={parts["icon-button"]}
          aria-label="Close the import report"
          onClick={() => actions.closeImport()}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function Problems({ report }: { readonly report: ImportReport }) {
  const counts = Object.entries(report.counts) as [ImportReason, number][];
  if (counts.length === 0) return null;
  return (
    <ul className={styles["problems"]}>
      {counts.map(([reason, times]) => {
        const shown = report.problems.filter((problem) => problem.reason === reason);
        return (
          <li key={reason}>
            <details>
              <summary>
                {count(times)} {reasonWords(reason)}
              </summary>
              <ul aria-label={reasonWords(reason)}>
                {shown.map(({ file, line, excerpt }) => (
                  <li key={`${file}:${line}:${excerpt}`}>
                    {file}
                    {line > 0 && `, line ${count(line)}`}
                    {excerpt !== "" && <q>{excerpt}</q>}
                  </li>
                ))}
              </ul>
              {times > shown.length && <p className={styles["note"]}>and {count(times - shown.length)} more</p>}
            </details>
          </li>
        );
      })}
    </ul>
  );
}

function NotFound({ targets, of }: { readonly targets: readonly Unresolved[]; readonly of: number }) {
  if (targets.length === 0) return null;
  return (
    <details className={styles["problems"]}>
      <summary>{count(of)} not found in this library</summary>
      <ul>
        {targets.map((unresolved) => (
          <li key={`${unresolved.question} ${unresolved.target.file}:${unresolved.target.line}`}>
            {unresolvedWords(unresolved)}
          </li>
        ))}
      </ul>
      {of > targets.length && <p className={styles["note"]}>and {count(of - targets.length)} more</p>}
    </details>
  );
}
