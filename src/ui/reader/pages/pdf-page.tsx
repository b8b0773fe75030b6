import { memo, useMemo, useRef } from "react";
import type { Page } from "#core/model.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import { cx } from "../../parts/class-names.ts";
import { pageName } from "../../words/reader.ts";
import type { Match } from "../find/find.ts";
import { FindMarks } from "../find/find-marks.tsx";
import { quadToBox, type Rotation, turned } from "../geometry.ts";
import { useSlots } from "../slots.ts";
import type { DrawQueue } from "./draw-queue.ts";
import styles from "./pages.module.css";
import layer from "./text-layer.module.css";
import { useCanvas } from "./use-canvas.ts";
import { useTextLayer } from "./use-text-layer.ts";

interface PdfPageProps {
  readonly page: Page;
  readonly of: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** CSS pixels per point. */
  readonly scale: number;
  /** The reader's own turn. */
  readonly turn: Rotation;
  readonly deviceScale: number;
  readonly pdf: PdfView | null;
  readonly queue: DrawQueue;
  /** How far pages are from what is looked at. */
  readonly distanceOf: (page: number) => number;
  readonly matches: readonly Match[];
  readonly found: Match | null;
}

/** 16 million pixels are 64 MB; beyond that a page is drawn coarser. */
const MOST_PIXELS = 16_000_000;

/** A page on the screen: canvas, text, what was found, and what others mark. */
export const PdfPage = memo(function PdfPage(props: PdfPageProps) {
  const { page, of, top, width, height, scale, turn, deviceScale, pdf, queue, distanceOf, matches, found } = props;
  const canvas = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const { marks } = useSlots();
  const rotation = turned(page.rotation, turn);
  const distance = useMemo(() => () => distanceOf(page.index), [distanceOf, page.index]);
  const toBox = useMemo(() => quadToBox(page, rotation, scale), [page, rotation, scale]);
  const fine = Math.min(deviceScale, Math.sqrt(MOST_PIXELS / (width * height)));

  const drawing = { pdf, queue, page: page.index, rotation, distance };
  const state = useCanvas(canvas, { ...drawing, scale: scale * fine });
  useTextLayer(text, drawing);

  return (
    <div
      role="group"
      aria-label={pageName(page, of)}
      className={styles["page"]}
      style={{ top, width, height }}
      data-page={page.index}
      data-drawn={state === "drawn" || undefined}
    >
      <div ref={canvas} className={styles["canvas"]} aria-hidden="true" />
      {state === "failed" && (
        <p className={styles["failed"]}>This page cannot be drawn. Its text can still be found and copied.</p>
      )}
      <div ref={text} className={cx(layer["text-layer"])} data-text-layer="" />
      {matches.length > 0 && <FindMarks page={page} matches={matches} found={found} toBox={toBox} />}
      {marks !== undefined && <div className={styles["marks"]}>{marks(page.index, toBox)}</div>}
    </div>
  );
});
