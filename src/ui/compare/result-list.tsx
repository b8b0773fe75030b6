import type { Grade } from "#core/evaluate/model.ts";
import type { Chunk, RetrievalMode } from "#core/model.ts";
import type { SearchResult } from "#state/view.ts";
import type { Axis } from "./bars.ts";
import { ResultRow } from "./result-row.tsx";
import styles from "./lists.module.css";
import type { Side, SideRows } from "./rows.ts";
import { keyOf, type RowKey, type RowRef } from "./use-active-row.ts";
import type { OpenPassage } from "./use-open-passage.ts";

interface ResultListProps {
  readonly side: Side;
  readonly rows: SideRows;
  readonly axis: Axis;
  readonly result: SearchResult;
  readonly top: number;
  readonly settled: boolean;
  readonly stage: RetrievalMode;
  /** The chunk whose rows are lit on both sides. */
  readonly lit: string | null;
  /** The chunk that the reader marks. */
  readonly chosen: string | null;
  readonly focused: RowRef | null;
  readonly open: ReadonlySet<RowKey>;
  readonly gradeOf: (chunk: Chunk) => Grade | null;
  readonly onGrade: (chunk: Chunk, grade: Grade | null) => void;
  readonly toggle: (key: RowKey) => void;
  readonly openPassage: OpenPassage;
}

const NAMES: Record<Side, string> = { before: "Before re-ranking", after: "After re-ranking" };

/** One ranked list. One row of it is in the tab order: the focused one, else the first. */
export function ResultList(props: ResultListProps) {
  const { side, rows, axis, result, top, settled, lit, chosen, focused, open, toggle, openPassage, stage } = props;
  const all = [...rows.top, ...rows.below];
  const holder =
    all.find(({ ranked }) => focused?.side === side && ranked.candidate.chunkId === focused.chunkId) ?? all[0];
  return (
    <ol aria-label={NAMES[side]} className={styles["list"]}>
      {all.map((row, index) => {
        const { chunkId, documentId } = row.ranked.candidate;
        const chunk = result.chunks.get(chunkId);
        // A document may have been removed a moment ago; the result follows.
        if (chunk === undefined) return null;
        const key = keyOf({ side, chunkId });
        return (
          <ResultRow
            key={chunkId}
            side={side}
            row={row}
            chunk={chunk}
            document={result.documents.get(documentId)}
            query={result.query}
            stage={stage}
            axis={axis}
            scale={result.scale}
            top={top}
            settled={settled}
            isFirstBelow={index === rows.top.length}
            isLit={lit === chunkId}
            isChosen={chosen === chunkId}
            isOpen={open.has(key)}
            isTabStop={row === holder}
            grade={props.gradeOf(chunk)}
            onGrade={props.onGrade}
            toggle={toggle}
            openPassage={openPassage}
          />
        );
      })}
    </ol>
  );
}
