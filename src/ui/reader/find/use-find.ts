import { useEffect, useMemo, useState } from "react";
import type { Page, PageIndex } from "#core/model.ts";
import { findOnPage, foldQuery, type Match, MOST_MATCHES } from "./find.ts";

export interface Found {
  readonly matches: readonly Match[];
  readonly byPage: ReadonlyMap<PageIndex, readonly Match[]>;
  /** Whether all pages were searched. */
  readonly done: boolean;
  /** Whether there are more matches than are held. */
  readonly more: boolean;
}

const NOTHING: Found = { matches: [], byPage: new Map(), done: true, more: false };
/** Milliseconds of searching before the page gets its turn: half a frame. */
const SLICE = 8;

/** Searches page by page, in slices, so that typing stays smooth in a book of a thousand pages. */
export function useFind(pages: readonly Page[], typed: string | null): Found {
  const query = useMemo(() => (typed === null ? "" : foldQuery(typed)), [typed]);
  const [found, setFound] = useState<Found>(NOTHING);

  useEffect(() => {
    if (query === "") {
      setFound(NOTHING);
      return undefined;
    }
    const channel = new MessageChannel();
    const matches: Match[] = [];
    const byPage = new Map<PageIndex, readonly Match[]>();
    let next = 0;
    const slice = (): void => {
      const began = performance.now();
      while (next < pages.length && matches.length <= MOST_MATCHES && performance.now() - began < SLICE) {
        const here = findOnPage(pages[next]!, query);
        if (here.length > 0) {
          byPage.set(next, here);
          for (const match of here) matches.push(match);
        }
        next += 1;
      }
      const more = matches.length > MOST_MATCHES;
      const done = more || next >= pages.length;
      setFound({ matches: matches.slice(0, MOST_MATCHES), byPage: new Map(byPage), done, more });
      if (!done) channel.port2.postMessage(null);
    };
    channel.port1.addEventListener("message", slice);
    channel.port1.start();
    slice();
    return () => channel.port1.close();
  }, [pages, query]);

  return found;
}
