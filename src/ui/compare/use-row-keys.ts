import { type RefObject, useEffect, useEffectEvent } from "react";
import { belongsElsewhere, QUESTION_ID } from "../app/use-global-keys.ts";
import type { Side } from "./rows.ts";
import { keyOf, refOf, rowElement, type RowKey } from "./use-active-row.ts";

interface RowKeysInput {
  readonly showSide: (side: Side) => void;
  readonly isOpen: (key: RowKey) => boolean;
  readonly toggle: (key: RowKey) => void;
}

type Move = "next" | "previous" | "before" | "after" | "first" | "last" | "close";

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
  Escape: "close",
};

function rowsOfSide(box: HTMLElement, side: Side): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(`li[data-side="${side}"]`)];
}

function focusRow(row: HTMLElement | undefined): void {
  row?.querySelector<HTMLElement>("[data-row-button]")?.focus();
}

/** Keys of the lists: they act on the row with the focus; `j` and `k` also start from nowhere. */
export function useRowKeys(box: RefObject<HTMLElement | null>, input: RowKeysInput): void {
  const act = (element: HTMLElement, row: HTMLElement, move: Move) => {
    const { side, chunkId } = refOf(row);
    const rows = rowsOfSide(element, side);
    const at = rows.indexOf(row);
    if (move === "next") focusRow(rows[at + 1]);
    else if (move === "previous") focusRow(rows[at - 1]);
    else if (move === "first") focusRow(rows[0]);
    else if (move === "last") focusRow(rows.at(-1));
    else if (move === "close") {
      const key = keyOf({ side, chunkId });
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
    const move = MOVES[event.key];
    if (move === undefined) return;
    const row = rowElement(event.target);
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
    event.preventDefault();
    act(element, row, move);
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
