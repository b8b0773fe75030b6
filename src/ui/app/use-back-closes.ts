import { useEffect, useRef } from "react";
import { useReader, useStores } from "./stores.ts";

const NARROW = "(width < 900px)";
/** In the history entry that stands for the open reader. */
const MARK = "readerIsOpen";

function isMarked(): boolean {
  return (history.state as Record<string, unknown> | null)?.[MARK] === true;
}

/**
 * Where the reader is a screen of its own, the browser's Back (a phone's edge swipe) leaves that screen and not the
 * site. One entry of the history stands for it; closing in any other way takes the entry along.
 */
export function useBackCloses(): void {
  const { reader } = useStores();
  const isOpen = useReader(({ phase }) => phase !== "closed");
  // While it is still opening, a link to a passage is in the hash: Back would open it again.
  const isThere = useReader(({ phase }) => phase !== "closed" && phase !== "opening");
  const stands = useRef(false);

  useEffect(() => {
    if (!isThere) return undefined;
    const stand = () => {
      if (stands.current || !narrow.matches) return;
      // The browser would put the lists back where they were, under the row that a mark has just led to.
      history.scrollRestoration = "manual";
      if (!isMarked()) history.pushState({ [MARK]: true }, "");
      stands.current = true;
    };
    // A tablet that is turned makes a screen of what was a column.
    const narrow = matchMedia(NARROW);
    narrow.addEventListener("change", stand);
    stand();
    return () => narrow.removeEventListener("change", stand);
  }, [isThere]);

  useEffect(() => {
    if (!isOpen) {
      stands.current = false;
      // Also after a reload, which keeps the entry and not the reader.
      if (isMarked()) history.back();
      return undefined;
    }
    const follow = () => {
      if (stands.current && !isMarked()) reader.getState().close();
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [isOpen, reader]);
}
