import { useMemo } from "react";
import type { Page } from "#core/model.ts";
import { quadsOf } from "#core/page/quads.ts";
import type { QuadToBox } from "../geometry.ts";
import type { Match } from "./find.ts";
import styles from "./find.module.css";

interface FindMarksProps {
  readonly page: Page;
  readonly matches: readonly Match[];
  /** The one that was stepped to. */
  readonly found: Match | null;
  readonly toBox: QuadToBox;
}

/** What was found on a page, laid over it. */
export function FindMarks({ page, matches, found, toBox }: FindMarksProps) {
  const quads = useMemo(
    () => matches.map((match) => ({ match, quads: quadsOf(page, match.start, match.end) })),
    [page, matches],
  );
  return (
    <div className={styles["marks"]} aria-hidden="true">
      {quads.map(({ match, quads: lines }) =>
        lines.map((quad) => (
          <div
            key={quad.join()}
            className={styles["mark"]}
            style={toBox(quad)}
            data-find-mark={match === found ? "current" : ""}
          />
        )),
      )}
    </div>
  );
}
