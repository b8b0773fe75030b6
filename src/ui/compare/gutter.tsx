import { memo, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import styles from "./gutter.module.css";
import type { Row, Side, SideRows } from "./rows.ts";

interface GutterProps {
  readonly box: RefObject<HTMLElement | null>;
  readonly rows: Record<Side, SideRows>;
  /** The rows whose details are open: they push others down. */
  readonly open: unknown;
  /** The chunk whose line is in the accent colour. */
  readonly lit: string | null;
}

interface Tops {
  readonly width: number;
  readonly height: number;
  /** Middle of each row's face, from the top of the gutter. */
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

function measure(box: HTMLElement, gutter: HTMLElement): Tops {
  const middles = (side: Side): Map<string, number> => {
    const found = new Map<string, number>();
    for (const row of box.querySelectorAll<HTMLElement>(`li[data-side="${side}"]`)) {
      const body = row.querySelector<HTMLElement>("[data-row-body]") ?? row;
      // offsetTop knows nothing of transforms: rows on their way count where they will be.
      const face = row.querySelector<HTMLElement>("[data-row-face]") ?? body;
      const middle = body.offsetTop - gutter.offsetTop + face.offsetHeight / 2;
      found.set(row.dataset["chunkId"] ?? "", middle);
    }
    return found;
  };
  return { width: gutter.clientWidth, height: gutter.clientHeight, before: middles("before"), after: middles("after") };
}

function isSame(a: Tops | null, b: Tops): boolean {
  if (a === null || a.width !== b.width || a.height !== b.height) return false;
  return sameMap(a.before, b.before) && sameMap(a.after, b.after);
}

function sameMap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

/** The lines that connect the two rows of a chunk. */
export function Gutter({ box, rows, open, lit }: GutterProps) {
  const gutter = useRef<HTMLDivElement>(null);
  const [tops, setTops] = useState<Tops | null>(null);

  const remeasure = useCallback(() => {
    if (box.current === null || gutter.current === null) return;
    const next = measure(box.current, gutter.current);
    setTops((now) => (isSame(now, next) ? now : next));
  }, [box]);

  useLayoutEffect(remeasure, [remeasure, rows, open]);
  useEffect(() => {
    const lists = box.current?.querySelectorAll("ol") ?? [];
    const observer = new ResizeObserver(remeasure);
    for (const list of lists) observer.observe(list);
    if (gutter.current !== null) observer.observe(gutter.current);
    return () => observer.disconnect();
  }, [box, remeasure]);

  const all = useMemo(() => [...rows.after.top, ...rows.after.below], [rows]);
  const litRow = all.find(({ ranked }) => ranked.candidate.chunkId === lit);
  return (
    <div ref={gutter} className={styles["gutter"]} aria-hidden="true">
      <div className={styles["cap"]} />
      {tops !== null && tops.width > 0 && (
        <svg width={tops.width} height={tops.height}>
          <Lines rows={all} tops={tops} />
          {litRow !== undefined && <Line row={litRow} tops={tops} isLit />}
        </svg>
      )}
    </div>
  );
}

interface LinesProps {
  readonly rows: readonly Row[];
  readonly tops: Tops;
}

const CROSSING_LAST = { entered: 2, left: 1 } as const;

/** All lines at rest; the lit one is drawn again above them, so that pointing at a row redraws no other. */
const Lines = memo(function Lines({ rows, tops }: LinesProps) {
  const weight = ({ crossing }: Row) => (crossing === null ? 0 : CROSSING_LAST[crossing]);
  return rows
    .toSorted((a, b) => weight(a) - weight(b))
    .map((row) => <Line key={row.ranked.candidate.chunkId} row={row} tops={tops} />);
});

function Line({ row, tops, isLit = false }: { readonly row: Row; readonly tops: Tops; readonly isLit?: boolean }) {
  const id = row.ranked.candidate.chunkId;
  const from = tops.before.get(id);
  const to = tops.after.get(id);
  if (from === undefined || to === undefined) return null;
  const { width } = tops;
  return (
    <path
      d={`M0 ${from}C${width / 2} ${from} ${width / 2} ${to} ${width} ${to}`}
      className={styles["line"]}
      data-crossing={row.crossing ?? undefined}
      data-lit={isLit || undefined}
    />
  );
}
