import { type RefObject, useEffect, useEffectEvent } from "react";
import type { Grade } from "#core/evaluate/model.ts";
import { belongsElsewhere, QUESTION_ID } from "../app/use-global-keys.ts";
import type { Side } from "./rows.ts";
import { keyOf, refOf, rowElement, type RowKey } from "./use-active-row.ts";

interface RowKeysInput {
  readonly showSide: (side: Side) => void;
  readonly isOpen: (key: RowKey) => boolean;
  readonly toggle: (key: RowKey) => void;
  /** The same grade again takes it back. */
  readonly grade: (chunkId: string, grade: Grade) => void;
  /** Takes the last grade back, wherever the focus is. */
  readonly undo: () => void;
}

type Move = "next" | "previous" | "before" | "after" | "first" | "last" | "details" | "close";

const GRADE_KEYS: Readonly<Record<string, Grade>> = { "0": 0, "1": 1, "2": 2 };

const MOVES: Readonly<Record<string, Move>> = {
  j: "next",
  ArrowDown: "next",
  k: "previous",
  ArrowUp: "previous",
  h: "before",
  ArrowLeft: "before",
  l: "after",
  ArrowRight: "after",
  Home: "first",
  End: "last",
  " ": "details",
  Escape: "close",
};

function rowsOfSide(box: HTMLElement, side: Side): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(`li[data-side="${side}"]`)];
}

function focusRow(row: HTMLElement | undefined): void {
  row?.querySelector<HTMLElement>("[data-row-button]")?.focus();
}

function isTitle(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("[data-row-button]");
}

/** Keys of the lists: they act on the row with the focus; `j` and `k` also start from nowhere. */
export function useRowKeys(box: RefObject<HTMLElement | null>, input: RowKeysInput): void {
  const act = (element: HTMLElement, row: HTMLElement, move: Move) => {
    const { side, chunkId } = refOf(row);
    const rows = rowsOfSide(element, side);
    const at = rows.indexOf(row);
    const key = keyOf({ side, chunkId });
    if (move === "next") focusRow(rows[at + 1]);
    else if (move === "previous") focusRow(rows[at - 1]);
    else if (move === "first") focusRow(rows[0]);
    else if (move === "last") focusRow(rows.at(-1));
    else if (move === "details") input.toggle(key);
    else if (move === "close") {
      if (input.isOpen(key)) input.toggle(key);
      else document.getElementById(QUESTION_ID)?.focus();
    } else if (move !== side) {
      const others = rowsOfSide(element, move);
      const twin =
        others.find((other) => other.dataset["chunkId"] === chunkId) ?? others[Math.min(at, others.length - 1)];
      if (twin === undefined) return;
      input.showSide(move);
      // On a narrow screen the other list is not laid out before the switch has rendered.
      if (twin.offsetParent === null) requestAnimationFrame(() => focusRow(twin));
      else focusRow(twin);
    }
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const element = box.current;
    if (element === null) return;
    const inQuestion = event.target instanceof Element && event.target.id === QUESTION_ID;
    if (inQuestion ? event.key !== "ArrowDown" || event.isComposing : belongsElsewhere(event)) return;
    const row = rowElement(event.target);
    const grade = GRADE_KEYS[event.key];
    if (grade !== undefined && row !== null && element.contains(row)) {
      event.preventDefault();
      input.grade(refOf(row).chunkId, grade);
      return;
    }
    if (event.key === "u" && !inQuestion) {
      event.preventDefault();
      input.undo();
      return;
    }
    const move = MOVES[event.key];
    if (move === undefined) return;
    if (row === null || !element.contains(row)) {
      const startsHere = inQuestion || (event.target === document.body && (event.key === "j" || event.key === "k"));
      if (!startsHere) return;
      event.preventDefault();
      const shown = (["after", "before"] as const)
        .flatMap((side) => rowsOfSide(element, side))
        .find((it) => it.offsetParent !== null);
      focusRow(shown);
      return;
    }
    // Space is the row's own key on its title only; on any other button of a row it presses that button.
    if (move === "details" && !isTitle(event.target)) return;
    event.preventDefault();
    act(element, row, move);
  });

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener("keydown", (event) => onKey(event), { signal });
    // A button is pressed when Space is let go.
    addEventListener("keyup", (event) => event.key === " " && isTitle(event.target) && event.preventDefault(), {
      signal,
    });
    return () => stop.abort();
  }, []);
}
