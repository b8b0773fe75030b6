import { type KeyboardEvent, useEffect, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Page, PageIndex } from "#core/model.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import { type Rotation, turned, turnedSize } from "../geometry.ts";
import type { DrawQueue } from "../pages/draw-queue.ts";
import { useDeviceScale } from "../pages/use-device-scale.ts";
import { useSlots } from "../slots.ts";
import styles from "./side.module.css";
import { Thumbnail } from "./thumbnail.tsx";

interface ThumbnailsProps {
  readonly pages: readonly Page[];
  readonly current: PageIndex;
  readonly turn: Rotation;
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  readonly onPage: (page: PageIndex) => void;
}

const WIDTH = 92;
/** Label and space under the picture. */
const BELOW = 34;

/** All pages as small pictures; only those near the screen exist. Arrows go from page to page. */
export function Thumbnails({ pages, current, turn, pdf, queue, onPage }: ThumbnailsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const deviceScale = useDeviceScale();
  const { thumbnailsBar } = useSlots();
  const heightOf = (index: number): number => {
    const page = pages[index];
    if (page === undefined) return WIDTH + BELOW;
    const { width, height } = turnedSize(page, turned(page.rotation, turn));
    return Math.round((height * WIDTH) / width) + BELOW;
  };
  const virtualizer = useVirtualizer({
    count: pages.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 2,
    paddingStart: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, turn, pages]);
  useEffect(() => virtualizer.scrollToIndex(current, { align: "auto" }), [virtualizer, current]);

  // The button of the page that an arrow went to may not exist before it has been scrolled to.
  const follows = useRef(false);
  useEffect(() => {
    if (!follows.current) return;
    const button = scroller.current?.querySelector<HTMLElement>(`[data-thumbnail="${current}"]`);
    if (button === null || button === undefined) return;
    follows.current = false;
    button.focus({ preventScroll: true });
  });
  const onKey = (event: KeyboardEvent) => {
    const last = pages.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: last,
    };
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    follows.current = true;
    onPage(Math.min(last, Math.max(0, wanted)));
  };
  return (
    <>
      {thumbnailsBar}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys move between the buttons inside */}
      <div ref={scroller} className={styles["thumbnails"]} onKeyDown={onKey} data-reader-thumbnails="">
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const page = pages[index];
            if (page === undefined) return null;
            return (
              <div key={index} className={styles["slot"]} style={{ top: start }}>
                <Thumbnail
                  page={page}
                  of={pages.length}
                  width={WIDTH}
                  turn={turn}
                  deviceScale={deviceScale}
                  isCurrent={index === current}
                  pdf={pdf}
                  queue={queue}
                  onPage={onPage}
                />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
