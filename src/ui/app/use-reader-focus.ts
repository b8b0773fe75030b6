import { type RefObject, useEffect, useLayoutEffect } from "react";
import { usePointer, useReader, useStores } from "./stores.ts";

/** Opened by a key, the reader's pages take the focus; closed with the focus inside, the row that opened it gets it back. */
export function useReaderFocus(pane: RefObject<HTMLElement | null>): void {
  const { pointer } = useStores();
  const phase = useReader((view) => view.phase);
  const target = useReader((view) => view.target);
  const isWanted = usePointer((view) => view.readerWanted);

  useEffect(() => {
    if (!isWanted || phase === "opening") return undefined;
    // A password's field, and the words of a failure, take the focus by themselves.
    if (phase !== "open") pointer.getState().settle();
    let frame = 0;
    const look = () => {
      const pages = pane.current?.querySelector<HTMLElement>("[data-reader-pages]");
      if (!pages) frame = requestAnimationFrame(look);
      else {
        pages.focus({ preventScroll: true });
        pointer.getState().settle();
      }
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [isWanted, phase, target, pane, pointer]);

  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      const { opener } = pointer.getState();
      if (!element?.contains(document.activeElement)) return;
      // After the reader has left the page, and what was behind it is laid out again.
      requestAnimationFrame(() => {
        if (opener?.isConnected === true && document.activeElement === document.body) opener.focus();
      });
    };
  }, [pane, pointer]);
}
