import { type RefObject, useEffect, useEffectEvent } from "react";
import { usePointer, usePointerActions } from "../app/stores.ts";

/** Goes to the row that a mark in the reader asks for: in the list after where there is one, from below the cut too. */
export function useWantedRow(box: RefObject<HTMLElement | null>, unfold: () => void): void {
  const wanted = usePointer((view) => view.wanted);
  const pointer = usePointerActions();
  const goTo = useEffectEvent((chunkId: string, isLast: boolean) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>("li[data-chunk-id]") ?? [])];
    const mine = rows.filter((row) => row.dataset["chunkId"] === chunkId && row.offsetParent !== null);
    const row = mine.find((it) => it.dataset["side"] === "after") ?? mine[0];
    const isOneList = rows.every((it) => it.dataset["side"] === "before");
    if (row !== undefined && (isLast || isOneList || row.dataset["side"] === "after")) {
      row.scrollIntoView({ block: "nearest" });
      row.querySelector<HTMLElement>("[data-row-button]")?.focus();
      pointer.settle();
    } else if (isLast) pointer.settle();
    else unfold();
  });
  useEffect(() => {
    if (wanted === null) return undefined;
    goTo(wanted.chunkId, false);
    // What was folded away is laid out one frame after it was unfolded; two, where the reader left the screen first.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => goTo(wanted.chunkId, true));
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted]);
}
