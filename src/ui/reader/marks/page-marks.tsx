import type { ChunkId, PageIndex } from "#core/model.ts";
import { cx } from "../../parts/class-names.ts";
import { usePointerActions, useReader } from "../../app/stores.ts";
import type { QuadToBox } from "../geometry.ts";
import { BADGE, badgesOf, rankSign, rankWords } from "./badges.ts";
import styles from "./page-marks.module.css";

interface PageMarksProps {
  readonly page: PageIndex;
  readonly toBox: QuadToBox;
  readonly onRow: (id: ChunkId) => void;
}

const NONE = [] as const;
/** CSS pixels: height of a line that has no room for a line under it. */
const FINE = 10;

/** The passages of the result on one page, and their ranks in its margins. */
export function PageMarks({ page, toBox, onRow }: PageMarksProps) {
  const marks = useReader((view) => view.marks.get(page)) ?? NONE;
  const size = useReader((view) => view.document?.pages[page]);
  const pointer = usePointerActions();
  if (marks.length === 0 || size === undefined) return null;
  // Two opposite corners of the page as it is shown, whatever way it is turned.
  const whole = toBox([0, 0, size.width, 0, size.width, size.height, 0, size.height]);
  const firstBox = (quads: (typeof marks)[number]["quads"]) => (quads[0] === undefined ? null : toBox(quads[0]));
  const badges = badgesOf(marks, (mark) => firstBox(mark.quads), whole.width);
  // The chosen passage is drawn last: its line lies above the others.
  const ordered = marks.toSorted((a, b) => Number(a.chosen) - Number(b.chosen));
  return (
    <>
      {ordered.map((mark) =>
        mark.quads.map((quad, line) => {
          const box = toBox(quad);
          const isFine = Math.min(box.width, box.height) < FINE;
          return (
            <div
              key={`${mark.chunkId} ${line}`}
              className={cx(styles["box"], mark.chosen && styles["chosen"], isFine && styles["fine"])}
              style={box}
              data-mark={mark.chosen ? "chosen" : "other"}
              data-chunk-id={mark.chunkId ?? undefined}
            />
          );
        }),
      )}
      {badges.map(({ mark, top, side, form }) => {
        const { chunkId } = mark;
        if (chunkId === null) return null;
        return (
          <button
            key={chunkId}
            type="button"
            className={cx(
              styles["badge"],
              styles[side],
              mark.chosen && styles["current"],
              form !== "full" && styles["small"],
              form === "stacked" && styles["stacked"],
            )}
            style={{ top, height: BADGE - 2 }}
            data-badge={chunkId}
            aria-label={`Passage of ${rankWords(mark)}: go to its row`}
            aria-current={mark.chosen || undefined}
            title={rankWords(mark)}
            onClick={() => onRow(chunkId)}
            onPointerEnter={() => pointer.point(chunkId)}
            onPointerLeave={() => pointer.point(null)}
            onFocus={() => pointer.point(chunkId)}
            onBlur={() => pointer.point(null)}
          >
            {form === "stacked" && mark.after !== null ? (
              <>
                <span>{mark.after}</span>
                <span>{`\u2190${mark.before}`}</span>
              </>
            ) : (
              rankSign(mark)
            )}
          </button>
        );
      })}
    </>
  );
}
