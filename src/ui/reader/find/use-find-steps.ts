import { useEffect, useEffectEvent, useState } from "react";
import type { Page, PageIndex } from "#core/model.ts";
import type { Match } from "./find.ts";
import { type Found, useFind } from "./use-find.ts";

export interface FindSteps {
  /** null while find is closed. */
  readonly typed: string | null;
  readonly found: Found;
  readonly at: number | null;
  readonly match: Match | null;
  readonly type: (typed: string) => void;
  readonly step: (direction: 1 | -1) => void;
  readonly open: () => void;
  readonly close: () => void;
}

/** Finding and stepping: a new query goes to its first match from the current page on. */
export function useFindSteps(pages: readonly Page[], current: PageIndex, go: (match: Match) => void): FindSteps {
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [from, setFrom] = useState<PageIndex>(0);
  const found = useFind(pages, typed);

  const show = (index: number): void => {
    const match = found.matches[index];
    if (match === undefined) return;
    setAt(index);
    go(match);
  };

  const onFound = useEffectEvent(() => {
    if (at !== null || found.matches.length === 0) return;
    const ahead = found.matches.findIndex(({ page }) => page >= from);
    if (ahead !== -1) show(ahead);
    else if (found.done) show(0);
  });
  useEffect(() => onFound(), [found]);

  return {
    typed,
    found,
    at,
    match: at === null ? null : (found.matches[at] ?? null),
    type(next) {
      setTyped(next);
      setAt(null);
      setFrom(current);
    },
    step(direction) {
      const of = found.matches.length;
      if (of > 0) show(((at ?? (direction === 1 ? -1 : 0)) + direction + of) % of);
    },
    open() {
      setTyped((old) => old ?? "");
    },
    close() {
      setTyped(null);
      setAt(null);
    },
  };
}
