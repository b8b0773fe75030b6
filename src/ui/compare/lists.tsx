import { useCallback, useMemo, useRef, useState } from "react";
import type { SearchResult } from "#state/view.ts";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { count } from "../words/numbers.ts";
import { SCALE, STAGE_SCORE } from "../words/stages.ts";
import { axisOf } from "./bars.ts";
import { Gutter } from "./gutter.tsx";
import styles from "./lists.module.css";
import { NotReranked } from "./not-reranked.tsx";
import { ResultList } from "./result-list.tsx";
import { rowsOf, type Side, sortingStage } from "./rows.ts";
import { useLibrary, usePointer, useReader } from "../app/stores.ts";
import { type RowKey, useActiveRow } from "./use-active-row.ts";
import { useGrades } from "./use-grades.ts";
import { useOpenPassage } from "./use-open-passage.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { useRowMotion } from "./use-row-motion.ts";
import { useWantedRow } from "./use-wanted-row.ts";

interface ListsProps {
  readonly result: SearchResult;
  /** False while scores still arrive. */
  readonly settled: boolean;
}

/** Whether there is an order after re-ranking at all. Where there is none, none is shown: a copy would look like a result. */
function isReranked(result: SearchResult, settled: boolean): boolean {
  if (result.settings.reranker === "off") return false;
  return !settled || result.after.some(({ logit }) => logit !== null);
}

/** The pool, before and after, and the lines between. */
export function Lists({ result, settled }: ListsProps) {
  const box = useRef<HTMLDivElement>(null);
  const active = useActiveRow(box);
  const [showsAll, setShowsAll] = useState(false);
  const [narrowSide, setNarrowSide] = useState<Side>("after");
  const [open, setOpen] = useState<ReadonlySet<RowKey>>(new Set());

  const reranked = isReranked(result, settled);
  const stage = sortingStage(result.before, result.settings.retrieval);
  const { hovered, focused } = active;
  const model = useLibrary((view) => result.reranker?.id ?? view.machine.reranker?.stamp.id ?? null);
  const top = Math.min(result.settings.top, result.after.length);
  const everything = showsAll || !reranked;
  // With everything shown nothing needs keeping, and a pointer that wanders over 400 rows computes nothing.
  const hoveredId = everything ? null : (hovered?.chunkId ?? null);
  const focusedId = everything ? null : (focused?.chunkId ?? null);
  const rows = useMemo(() => {
    const kept = new Set([hoveredId, focusedId].filter((id) => id !== null));
    return rowsOf({ after: result.after, top, stage, showsAll: everything, kept, settled });
  }, [result.after, top, stage, everything, settled, hoveredId, focusedId]);
  const axes = useMemo(
    () => ({
      before: axisOf(
        result.before.map((candidate) => candidate[stage]?.score ?? null),
        false,
      ),
      after: axisOf(
        result.after.map(({ logit }) => (result.scale === "order" ? null : logit)),
        result.scale === "logit",
      ),
    }),
    [result.before, result.after, result.scale, stage],
  );

  const toggle = useCallback((key: RowKey) => {
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const shownSide = reranked ? narrowSide : "before";
  const openPassage = useOpenPassage(box);
  const grades = useGrades(result);
  useRowKeys(box, {
    showSide: setNarrowSide,
    isOpen: (key) => open.has(key),
    toggle,
    grade: grades.gradeById,
    undo: grades.undo,
  });
  useRowMotion(box, { held: hovered ?? focused, rows, run: `${everything} ${result.query}` });

  useWantedRow(box, () => {
    setShowsAll(true);
    setNarrowSide("after");
  });

  const pointed = usePointer((view) => view.pointed);
  const chosen = useReader((view) => view.chosen);
  const lit = pointed ?? (hovered ?? focused)?.chunkId ?? null;
  const { gradeOf, onGrade } = grades;
  const shared = { gradeOf, onGrade, result, top, settled, lit, chosen, open, toggle, openPassage, focused, stage };
  const hasMore = result.after.length > top;
  return (
    <div className={styles["scroll"]}>
      {reranked && <SideSwitch side={narrowSide} onChange={setNarrowSide} />}
      <div ref={box} className={styles["lists"]} data-shown={shownSide} data-single={!reranked || undefined}>
        <section className={cx(styles["side"], styles["before"])}>
          <header className={styles["heading"]}>
            <h2>Before re-ranking</h2>
            <span>{STAGE_SCORE[stage]}</span>
          </header>
          <ResultList {...shared} side="before" rows={rows.before} axis={axes.before} />
          {hasMore && reranked && (
            <More hidden={rows.before.hidden} showsAll={showsAll} pool={result.after.length} onChange={setShowsAll} />
          )}
        </section>
        {reranked ? <Gutter box={box} rows={rows} open={open} lit={lit} /> : <div className={styles["gap"]} />}
        <section className={cx(styles["side"], styles["after"])}>
          <header className={styles["heading"]}>
            <h2>After re-ranking</h2>
            <span>{reranked && (model === null ? SCALE[result.scale] : `${model}, ${SCALE[result.scale]}`)}</span>
          </header>
          {reranked ? (
            <>
              <ResultList {...shared} side="after" rows={rows.after} axis={axes.after} />
              {hasMore && (
                <More
                  hidden={rows.after.hidden}
                  showsAll={showsAll}
                  pool={result.after.length}
                  onChange={setShowsAll}
                />
              )}
            </>
          ) : (
            <NotReranked result={result} />
          )}
        </section>
      </div>
    </div>
  );
}

interface MoreProps {
  readonly hidden: number;
  readonly showsAll: boolean;
  readonly pool: number;
  readonly onChange: (showsAll: boolean) => void;
}

function More({ hidden, showsAll, pool, onChange }: MoreProps) {
  return (
    <p className={styles["more"]}>
      {showsAll
        ? "The whole pool is shown"
        : hidden > 0
          ? `${count(hidden)} more in the pool`
          : "The whole pool is shown"}
      {(showsAll || hidden > 0) && (
        <button type="button" className={parts["quiet"]} aria-pressed={showsAll} onClick={() => onChange(!showsAll)}>
          {showsAll ? "Show only the top" : `Show all ${count(pool)}`}
        </button>
      )}
    </p>
  );
}

const SIDES = [
  ["before", "Before"],
  ["after", "After"],
] as const;

/** On narrow screens one list at a time. */
function SideSwitch({ side, onChange }: { readonly side: Side; readonly onChange: (side: Side) => void }) {
  return (
    <fieldset className={styles["switch"]} aria-label="Which list to show">
      {SIDES.map(([value, name]) => (
        <button key={value} type="button" aria-pressed={side === value} onClick={() => onChange(value)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
