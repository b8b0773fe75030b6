import {
  type CSSProperties,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Page, PageIndex } from "#core/model.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import type { ReaderTarget } from "#state/reader-view.ts";
import type { Match } from "../find/find.ts";
import { type Rotation, turned, turnedSize } from "../geometry.ts";
import type { DrawQueue } from "./draw-queue.ts";
import { layoutPages } from "./page-layout.ts";
import styles from "./pages.module.css";
import { PdfPage } from "./pdf-page.tsx";
import { useBoxSize } from "./use-box-size.ts";
import { useDeviceScale } from "./use-device-scale.ts";
import { usePageScroll } from "./use-page-scroll.ts";
import { copySelection, useSelection } from "./use-selection.ts";
import { useWheelZoom } from "./use-wheel-zoom.ts";
import { scaleOf, usualSize, type Zoom } from "./zoom.ts";

export interface ColumnHandle {
  focus(): void;
  /** CSS pixels per point now; null before the first layout. */
  scale(): number | null;
}

interface PageColumnProps {
  readonly pages: readonly Page[];
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  readonly zoom: Zoom;
  readonly turn: Rotation;
  readonly target: ReaderTarget | null;
  readonly current: PageIndex;
  readonly matches: ReadonlyMap<PageIndex, readonly Match[]>;
  readonly found: Match | null;
  readonly onPage: (page: PageIndex) => void;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onScale: (scale: number | null) => void;
  readonly ref: Ref<ColumnHandle>;
}

const NONE: readonly Match[] = [];

/** All pages below each other; only those near the screen exist. */
export function PageColumn(props: PageColumnProps) {
  const { pages, pdf, queue, zoom, turn, target, current, matches, found, onPage, onZoom, onScale, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const column = useBoxSize(scroller);
  const deviceScale = useDeviceScale();

  const sizes = useMemo(() => pages.map((page) => turnedSize(page, turned(page.rotation, turn))), [pages, turn]);
  const usual = useMemo(() => usualSize(sizes), [sizes]);
  const points = useMemo(() => sizes.reduce((sum, { height }) => sum + height, 0), [sizes]);
  const scale = column === null ? null : scaleOf(zoom, usual, column, points);
  const layout = useMemo(() => (scale === null ? null : layoutPages(sizes, scale)), [sizes, scale]);

  const range = usePageScroll(scroller, { pages, layout, column, scale: scale ?? 1, turn, target, onPage });
  useSelection(scroller);
  useWheelZoom(scroller, scale, onZoom);
  useEffect(() => onScale(scale), [onScale, scale]);
  useImperativeHandle(
    ref,
    () => ({ focus: () => scroller.current?.focus({ preventScroll: true }), scale: () => scale }),
    [scale],
  );

  // Read when a turn is given, so that a page need not be drawn again because another one is current.
  const [place] = useState(() => ({ current }));
  place.current = current;
  const distanceOf = useCallback((page: PageIndex) => Math.abs(page - place.current), [place]);

  const shown = layout === null || range === null ? [] : pages.slice(range.first, range.last + 1);
  const room = layout === null ? {} : { height: layout.height, minWidth: layout.width + 24, "--scale": scale };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area that keys must reach
    <div
      ref={scroller}
      className={styles["column"]}
      tabIndex={0}
      role="group"
      aria-label="Pages"
      data-reader-pages=""
      onCopy={(event) => copySelection(event, pages)}
    >
      <div className={styles["sheet"]} style={room as CSSProperties}>
        {layout !== null &&
          shown.map((page) => (
            <PdfPage
              key={page.index}
              page={page}
              of={pages.length}
              top={layout.tops[page.index] ?? 0}
              width={layout.widths[page.index] ?? 1}
              height={layout.heights[page.index] ?? 1}
              scale={scale ?? 1}
              turn={turn}
              deviceScale={deviceScale}
              pdf={pdf}
              queue={queue}
              distanceOf={distanceOf}
              matches={matches.get(page.index) ?? NONE}
              found={found?.page === page.index ? found : null}
            />
          ))}
      </div>
    </div>
  );
}
