import { memo, useCallback } from "react";
import type { Grade } from "#core/evaluate/model.ts";
import type { Chunk, DocumentRecord, RetrievalMode } from "#core/model.ts";
import type { ScoreScale } from "#core/ports.ts";
import { cx } from "../parts/class-names.ts";
import { HeadingPath } from "../parts/heading-path.tsx";
import { Icon } from "../parts/icon.tsx";
import { crossingWords, moveWords } from "../words/moves.ts";
import { rerankScore, score as scoreText } from "../words/numbers.ts";
import { isByOcr, pagesOf } from "../words/pages.ts";
import type { Axis } from "./bars.ts";
import { Bar } from "./bar.tsx";
import { Change } from "./change.tsx";
import { chunkMarks } from "./chunk-marks.ts";
import { Grades } from "./grades.tsx";
import { MarkedText } from "./marked-text.tsx";
import styles from "./result-row.module.css";
import { RowDetails } from "./row-details.tsx";
import type { Row, Side } from "./rows.ts";
import { snippetOf } from "./snippet.ts";
import { keyOf, type RowKey } from "./use-active-row.ts";
import type { OpenPassage } from "./use-open-passage.ts";

interface ResultRowProps {
  readonly side: Side;
  readonly row: Row;
  readonly chunk: Chunk;
  readonly document: DocumentRecord | undefined;
  readonly query: string;
  readonly stage: RetrievalMode;
  readonly axis: Axis;
  /** What the scores after re-ranking are. */
  readonly scale: ScoreScale;
  readonly top: number;
  readonly settled: boolean;
  readonly isFirstBelow: boolean;
  readonly isLit: boolean;
  /** Its passage is the one that the reader marks. */
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  /** Null: not judged for this question. */
  readonly grade: Grade | null;
  readonly onGrade: (chunk: Chunk, grade: Grade | null) => void;
  readonly toggle: (key: RowKey) => void;
  readonly openPassage: OpenPassage;
}

export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const {
    side,
    row,
    chunk,
    document,
    query,
    stage,
    axis,
    scale,
    top,
    settled,
    isLit,
    isChosen,
    isOpen,
    toggle,
    onGrade,
  } = props;
  const { ranked, rank, score, crossing } = row;
  const { chunkId, documentId } = ranked.candidate;
  const marks = chunkMarks(chunk, query);
  const snippet = snippetOf(chunk.text, marks);
  const pages = pagesOf(chunk, document);
  const name = document?.name ?? "";
  const hasScore = side === "before" || scale !== "order";
  const isWaiting = side === "after" && ranked.logit === null;
  const move = moveWords(ranked, settled);
  const crossed = crossing === null ? null : crossingWords(crossing, top);
  // On the side before, the crossing lies in the future of the row: the line and the twin say it.
  const tag = side === "after" ? crossed : null;
  const opens = document?.format === "pdf" ? `open page ${chunk.firstPage + 1}` : "open the passage";
  const byOcr = isByOcr(chunk, document);
  const label = [`Rank ${rank}`, name, pages, byOcr ? "read by OCR" : "", ...(side === "after" ? [move, tag] : [])]
    .filter(Boolean)
    .join(", ");
  const tabIndex = props.isTabStop ? 0 : -1;
  const give = useCallback((grade: Grade | null) => onGrade(chunk, grade), [chunk, onGrade]);
  return (
    <li
      className={styles["row"]}
      data-side={side}
      data-chunk-id={chunkId}
      data-rank={rank}
      data-score={score === null || !hasScore ? "" : String(score)}
      data-document-id={documentId}
      data-page={chunk.firstPage + 1}
      data-delta={side === "after" ? ranked.delta : undefined}
      data-lit={isLit || undefined}
      data-chosen={isChosen || undefined}
      data-waiting={isWaiting || undefined}
      data-crossing={side === "after" ? (crossing ?? undefined) : undefined}
    >
      {props.isFirstBelow && <p className={styles["cut"]}>Below the top {top}</p>}
      <div className={styles["body"]} data-row-body="">
        <div className={styles["face"]} data-row-face="">
          <span className={styles["rank"]}>{rank}</span>
          <div className={styles["meta"]}>
            <div className={styles["head"]}>
              <button
                type="button"
                className={styles["title"]}
                data-row-button=""
                aria-label={`${label}: ${opens}`}
                aria-current={isChosen || undefined}
                tabIndex={tabIndex}
                onClick={({ currentTarget, detail }) => props.openPassage(chunkId, currentTarget, detail === 0)}
              >
                <span className={styles["name"]}>{name}</span>
                <span className={styles["page"]}>
                  {pages}
                  {byOcr && " · OCR"}
                </span>
              </button>
              <button
                type="button"
                className={styles["more"]}
                data-row-details=""
                aria-label={`Rank ${rank}: all scores and the whole text`}
                aria-expanded={isOpen}
                tabIndex={tabIndex}
                onClick={() => toggle(keyOf({ side, chunkId }))}
              >
                <Icon name="more" size={12} />
              </button>
            </div>
            {tag !== null && (
              <span className={cx(styles["tag"], crossing === "entered" && styles["entered"])}>{tag}</span>
            )}
          </div>
          <span className={styles["score"]}>
            {score !== null && (side === "before" ? scoreText(stage, score) : rerankScore(scale, score))}
          </span>
          {chunk.headings.length > 0 && (
            <p className={styles["path"]}>
              <HeadingPath headings={chunk.headings} />
            </p>
          )}
          <p className={styles["text"]} data-row-text="">
            {snippet.start > 0 && "… "}
            <MarkedText text={chunk.text} marks={marks} start={snippet.start} end={snippet.end} />
          </p>
          <div className={styles["end"]}>
            <Change side={side} ranked={ranked} settled={settled} />
            <Grades rank={rank} grade={props.grade} tabIndex={tabIndex} onGrade={give} />
          </div>
          <Bar axis={axis} score={hasScore ? score : null} side={side} />
        </div>
        {isOpen && <RowDetails ranked={ranked} chunk={chunk} document={document} marks={marks} settled={settled} />}
      </div>
    </li>
  );
}, sameRow);

const SAME = [
  "side",
  "chunk",
  "document",
  "query",
  "stage",
  "scale",
  "top",
  "settled",
  "isFirstBelow",
  "isLit",
  "isChosen",
  "isOpen",
  "isTabStop",
  "grade",
  "onGrade",
  "toggle",
  "openPassage",
] as const satisfies (keyof ResultRowProps)[];

/** `row` is made anew at every score; its contents decide. */
function sameRow(a: ResultRowProps, b: ResultRowProps): boolean {
  return (
    SAME.every((name) => a[name] === b[name]) &&
    a.axis.low === b.axis.low &&
    a.axis.high === b.axis.high &&
    a.row.rank === b.row.rank &&
    a.row.otherRank === b.row.otherRank &&
    a.row.score === b.row.score &&
    a.row.crossing === b.row.crossing &&
    a.row.ranked.logit === b.row.ranked.logit &&
    a.row.ranked.candidate === b.row.ranked.candidate
  );
}
