import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useState } from "react";
import styles from "./reader-pane.module.css";

/** CSS pixels: a page's words are still words; the lists keep a readable column. */
const LEAST = 320;
const LISTS = 620;
const STEP = 24;

function most(): number {
  return Math.max(LEAST, innerWidth - LISTS);
}

function fitting(width: number): number {
  return Math.round(Math.min(most(), Math.max(LEAST, width)));
}

/** Of this page's life, so that closing and opening again changes nothing. */
let chosen: number | null = null;

function usual(): number {
  return fitting(chosen ?? innerWidth * 0.37);
}

/** The edge between lists and reader: dragged, or moved by arrow keys. Home and End go to its limits. */
export function PaneWidth({ pane }: { readonly pane: RefObject<HTMLElement | null> }) {
  const [width, setWidth] = useState(usual);

  useEffect(() => {
    pane.current?.style.setProperty("--reader-width", `${width}px`);
  }, [pane, width]);
  useEffect(() => {
    // Of the window, not of the width so far: who passes through a phone's width gets the old column back.
    const refit = () => setWidth(usual);
    addEventListener("resize", refit);
    return () => removeEventListener("resize", refit);
  }, []);

  const set = (next: number) => {
    chosen = fitting(next);
    setWidth(chosen);
  };
  const onKey = (event: KeyboardEvent) => {
    const keys: Record<string, number> = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: LEAST,
      End: most(),
    };
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  const onMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) set(innerWidth - event.clientX);
  };
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <hr> holds no value and takes no keys
      role="separator"
      aria-label="Width of the reader"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      aria-valuetext={`${width} pixels`}
      tabIndex={0}
      className={styles["edge"]}
      onKeyDown={onKey}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onMove}
    />
  );
}
