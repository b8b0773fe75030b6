import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { keyOf, refOf, type RowRef } from "./use-active-row.ts";

interface RowMotionInput {
  /** The row under the pointer, or else with the focus: it keeps its place on the screen. */
  readonly held: RowRef | null;
  /** Changes identity when rows may have moved. */
  readonly rows: unknown;
  /** Rows of another run are other rows: they do not move, they are replaced. */
  readonly run: string;
}

interface Places {
  readonly run: string;
  readonly shown: unknown;
  /** Offset of each row in the lists, by row key. */
  readonly tops: ReadonlyMap<string, number>;
}

const MILLISECONDS = 160;

/** The bodies of the rows: what a person sees move. A cut line above one is part of the row, not of its body. */
function rowsIn(box: HTMLElement): Map<string, HTMLElement> {
  const found = new Map<string, HTMLElement>();
  for (const row of box.querySelectorAll<HTMLElement>("li[data-chunk-id]")) {
    const body = row.querySelector<HTMLElement>("[data-row-body]");
    if (body !== null) found.set(keyOf(refOf(row)), body);
  }
  return found;
}

function topsOf(rows: ReadonlyMap<string, HTMLElement>): Map<string, number> {
  return new Map([...rows].map(([key, row]) => [key, row.offsetTop]));
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at !== document.body) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Room made above a list (`--hold`) or below both (`--tail`) so that a held row can stay where no scrolling could keep it. */
function pixels(element: HTMLElement, name: "--hold" | "--tail"): number {
  return Number.parseFloat(element.style.getPropertyValue(name)) || 0;
}

function setPixels(element: HTMLElement, name: "--hold" | "--tail", value: number): void {
  if (value > 0) element.style.setProperty(name, `${value}px`);
  else element.style.removeProperty(name);
}

/** Keeps a row that moved by `shift` in the layout where it was on the screen; returns how far the page scrolled for it. */
function keepInPlace(box: HTMLElement, row: HTMLElement, shift: number): number {
  const list = row.closest("ol");
  const scroller = scrollerOf(box);
  if (list === null || shift === 0) return 0;
  const start = scroller.scrollTop;
  let rest = shift;
  // Room that an earlier step made is given back first.
  const hold = pixels(list, "--hold");
  if (rest > 0 && hold > 0) {
    const back = Math.min(hold, rest);
    setPixels(list, "--hold", hold - back);
    rest -= back;
  }
  const scrollBy = (distance: number): number => {
    const from = scroller.scrollTop;
    scroller.scrollTop = from + distance;
    return distance - (scroller.scrollTop - from);
  };
  rest = scrollBy(rest);
  // Half a pixel: scroll offsets are rounded on screens with fractional scaling.
  if (rest < -0.5) setPixels(list, "--hold", pixels(list, "--hold") - rest);
  else if (rest > 0.5) {
    setPixels(box, "--tail", pixels(box, "--tail") + rest);
    scrollBy(rest);
  }
  return scroller.scrollTop - start;
}

/** Slides a row's body from where it was seen to where it is now; the row itself is there at once. */
function slide(
  body: HTMLElement,
  from: number,
  running: WeakMap<HTMLElement, { animation: Animation; from: number }>,
): void {
  const last = running.get(body);
  // A row still on its way starts from where it is seen, not from where it was going.
  const left =
    last?.animation.playState === "running"
      ? last.from * (1 - (last.animation.effect?.getComputedTiming().progress ?? 1))
      : 0;
  last?.animation.cancel();
  const distance = from + left;
  if (Math.abs(distance) < 1) return;
  // What rises passes over what sinks.
  const zIndex = distance > 0 ? 2 : 1;
  const animation = body.animate(
    [
      { transform: `translateY(${distance}px)`, zIndex },
      { transform: "none", zIndex },
    ],
    {
      duration: MILLISECONDS,
      easing: "ease-out",
    },
  );
  running.set(body, { animation, from: distance });
}

/**
 * Movement of rows while scores arrive (First-Last-Invert-Play on transforms, none with reduced motion),
 * and the promise that the row under the pointer or with the focus stays where it is until it is left.
 */
export function useRowMotion(boxRef: RefObject<HTMLElement | null>, { held, rows: shown, run }: RowMotionInput): void {
  const places = useRef<Places>({ run: "", shown: null, tops: new Map() });
  const running = useRef(new WeakMap<HTMLElement, { animation: Animation; from: number }>());
  const heldKey = held === null ? null : keyOf(held);

  useLayoutEffect(() => {
    const box = boxRef.current;
    if (box === null) return;
    const last = places.current;
    // Once no row is held, the room that held one goes, and the list slides to its own place.
    const isReleased = heldKey === null && release(box);
    // A pointer that goes from row to row moves nothing: nothing is measured.
    if (!isReleased && last.run === run && last.shown === shown) return;
    const rows = rowsIn(box);
    let tops = topsOf(rows);
    let scrolled = 0;
    if (last.run === run) {
      const row = heldKey === null ? undefined : rows.get(heldKey);
      const was = heldKey === null ? undefined : last.tops.get(heldKey);
      if (row !== undefined && was !== undefined) scrolled = keepInPlace(box, row, row.offsetTop - was);
      tops = topsOf(rows);
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      for (const [key, top] of isStill ? [] : tops) {
        const from = last.tops.get(key);
        const element = rows.get(key);
        if (from !== undefined && element !== undefined) slide(element, from - top + scrolled, running.current);
      }
    } else if (release(box)) tops = topsOf(rows);
    places.current = { run, shown, tops };
  }, [boxRef, heldKey, run, shown]);

  // A change of width moves rows too; that is no movement to show.
  useEffect(() => {
    const box = boxRef.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => {
      places.current = { ...places.current, tops: topsOf(rowsIn(box)) };
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [boxRef]);
}

/** Takes back the room made for a held row; whether there was any. */
function release(box: HTMLElement): boolean {
  let had = pixels(box, "--tail") > 0;
  setPixels(box, "--tail", 0);
  for (const list of box.querySelectorAll("ol")) {
    had ||= pixels(list, "--hold") > 0;
    setPixels(list, "--hold", 0);
  }
  return had;
}
