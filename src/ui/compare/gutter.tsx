import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
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

/** A row's face is this high, its opened details not counted. */
const FACE = 84;

function measure(box: HTMLElement, gutter: HTMLElement): Tops {
  const middles = (side: Side): Map<string, number> => {
    const found = new Map<string, number>();
    for (const row of box.querySelectorAll<HTMLElement>(`li[data-side="${side}"]`)) {
      const body = row.querySelector<HTMLElement>("[data-row-body]") ?? row;
      // offsetTop knows nothing of transforms: rows on their way count where they will be.
      const middle = body.offsetTop - gutter.offsetTop + Math.min(body.offsetHeight, FACE) / 2;
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

  const all = [...rows.after.top, ...rows.after.below];
  // Drawn last is drawn on top.
  const ordered = all.toSorted((a, b) => weight(a, lit) - weight(b, lit));
  return (
    <div ref={gutter} className={styles["gutter"]} aria-hidden="true">
      <div className={styles["cap"]} />
      {tops !== null && tops.width > 0 && (
        <svg width={tops.width} height={tops.height}>
          {ordered.map((row) => {
            const id = row.ranked.candidate.chunkId;
            const from = tops.before.get(id);
            const to = tops.after.get(id);
            if (from === undefined || to === undefined) return null;
            const { width } = tops;
            const path = `M0 ${from}C${width / 2} ${from} ${width / 2} ${to} ${width} ${to}`;
            return (
              <path
                key={id}
                d={path}
                className={styles["line"]}
                data-crossing={row.crossing ?? undefined}
                data-lit={id === lit || undefined}
              />
            );
          })}
        </svg>
      )}
    </div>
  );
}

function weight(row: Row, lit: string | null): number {
  if (row.ranked.candidate.chunkId === lit) return 3;
  return row.crossing === "entered" ? 2 : row.crossing === "left" ? 1 : 0;
}
