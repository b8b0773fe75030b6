import { memo, useCallback, useRef } from "react";
import type { Page } from "#core/model.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import { pageLabel, pageName } from "../../words/reader.ts";
import { type Rotation, turned, turnedSize } from "../geometry.ts";
import type { DrawQueue } from "../pages/draw-queue.ts";
import { useCanvas } from "../pages/use-canvas.ts";
import { useSlots } from "../slots.ts";
import parts from "../../styles/parts.module.css";
import styles from "./side.module.css";

interface ThumbnailProps {
  readonly page: Page;
  readonly of: number;
  /** CSS pixels. */
  readonly width: number;
  readonly turn: Rotation;
  readonly deviceScale: number;
  readonly isCurrent: boolean;
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  readonly onPage: (page: number) => void;
}

/** Behind every page that is looked at. */
const LAST = 1_000;

export const Thumbnail = memo(function Thumbnail(props: ThumbnailProps) {
  const { page, of, width, turn, deviceScale, isCurrent, pdf, queue, onPage } = props;
  const holder = useRef<HTMLDivElement>(null);
  const { thumbnail } = useSlots();
  const rotation = turned(page.rotation, turn);
  const size = turnedSize(page, rotation);
  const scale = width / size.width;
  const distance = useCallback(() => LAST, []);
  useCanvas(holder, { pdf, queue, page: page.index, scale: scale * Math.min(deviceScale, 2), rotation, distance });
  return (
    <button
      type="button"
      className={styles["thumbnail"]}
      aria-current={isCurrent ? "page" : undefined}
      tabIndex={isCurrent ? 0 : -1}
      data-thumbnail={page.index}
      onClick={() => onPage(page.index)}
    >
      <span className={parts["hidden"]}>{pageName(page, of)}</span>
      <span className={styles["paper"]} style={{ width, height: Math.round(size.height * scale) }}>
        <span ref={holder} className={styles["picture"]} aria-hidden="true" />
        {thumbnail !== undefined && <span className={styles["heat"]}>{thumbnail(page.index)}</span>}
      </span>
      <span className={styles["label"]} aria-hidden="true">
        {pageLabel(page)}
      </span>
    </button>
  );
});
