import { useMemo } from "react";
import { judgedQuestion } from "#core/evaluate/judged.ts";
import type { Chunk } from "#core/model.ts";
import type { SearchResult } from "#state/view.ts";
import { useJudgement, useJudgementActions } from "../app/stores.ts";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { GRADE_HINT, judgedCounts, judgedMetrics, judgedTrend } from "../words/grades.ts";
import styles from "./judged-line.module.css";

/** What the grades of this question say, before and after; always as high as one line, so that a grade moves nothing. */
export function JudgedLine({ result }: { readonly result: SearchResult }) {
  const set = useJudgement((view) => view.set);
  const undoes = useJudgement((view) => view.undoes);
  const actions = useJudgementActions();
  const judged = useMemo(() => {
    const chunksOf = (ids: readonly { readonly chunkId: Chunk["id"] }[]): Chunk[] =>
      ids.flatMap(({ chunkId }) => result.chunks.get(chunkId) ?? []);
    const isReranked = result.after.some(({ logit }) => logit !== null);
    const after = isReranked ? chunksOf(result.after.map(({ candidate }) => candidate)) : null;
    return judgedQuestion(set, result.query, result.settings.top, chunksOf(result.before), after);
  }, [set, result]);

  const trend = judged === null ? null : judgedTrend(judged);
  return (
    <div className={styles["judged"]}>
      <output aria-label="Judged" data-judged={judged?.judged ?? 0}>
        {judged === null ? (
          GRADE_HINT
        ) : (
          <>
            {trend !== null && <strong className={cx(trend.worse && styles["worse"])}>{trend.words}</strong>}
            {judgedMetrics(judged).map(({ name, before, after }) => (
              <span key={name} className={styles["metric"]}>
                {name} <b>{before}</b>
                {after !== null && (
                  <>
                    <span aria-hidden="true"> → </span>
                    <span className={parts["hidden"]}> before, after </span>
                    <b>{after}</b>
                  </>
                )}
              </span>
            ))}
            <span className={styles["counts"]}>{judgedCounts(judged)}</span>
          </>
        )}
      </output>
      {undoes !== null && (
        <button
          type="button"
          className={parts["quiet"]}
          title={`The last grade: ${undoes} (u)`}
          onClick={() => actions.undo()}
        >
          Undo grade
        </button>
      )}
    </div>
  );
}
