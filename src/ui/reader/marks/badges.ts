import type { PageMark } from "#state/reader-view.ts";
import type { Box } from "../geometry.ts";

export interface Badge {
  readonly mark: PageMark;
  /** CSS pixels from the top of the page. */
  readonly top: number;
  /** The margin it stands in. */
  readonly side: "left" | "right";
  /** How it fits there without lying on the text: in full, set small, or with its ranks one above the other. */
  readonly form: "full" | "small" | "stacked";
}

/** Height of a badge and the gap to the next one, CSS pixels. */
export const BADGE = 26;

/**
 * One badge for each mark with a rank, beside the passage's first line, in the margin that is nearer to it. Where two
 * would lie on each other the lower one moves down.
 * @param toBox first box of a mark, null where it has none
 */
export function badgesOf(
  marks: readonly PageMark[],
  firstBox: (mark: PageMark) => Box | null,
  pageWidth: number,
): Badge[] {
  const badges: Badge[] = [];
  for (const mark of marks) {
    const box = mark.before === null ? null : firstBox(mark);
    if (box === null) continue;
    const toLeft = box.left;
    const toRight = pageWidth - (box.left + box.width);
    const side = toLeft <= toRight || toLeft < pageWidth / 3 ? "left" : "right";
    badges.push({
      mark,
      top: Math.max(0, box.top + box.height / 2 - BADGE / 2),
      side,
      form: formOf(rankSign(mark), side === "left" ? toLeft : toRight),
    });
  }
  badges.sort((a, b) => a.top - b.top);
  const floor = { left: 0, right: 0 };
  return badges.map((badge) => {
    const top = Math.max(badge.top, floor[badge.side]);
    floor[badge.side] = top + BADGE;
    return { ...badge, top };
  });
}

/** CSS pixels that a sign takes, measured at 11 and 10 px: its letters, and what stands around them. */
const WIDTH = { full: { letter: 6.2, around: 14 }, small: { letter: 5.2, around: 8 } } as const;

function formOf(sign: string, room: number): Badge["form"] {
  const fits = ({ letter, around }: (typeof WIDTH)["full" | "small"]): boolean => sign.length * letter + around <= room;
  if (fits(WIDTH.full)) return "full";
  return fits(WIDTH.small) ? "small" : "stacked";
}

/** "1 ← 17"; "17" where nothing was re-ranked. */
export function rankSign({ before, after }: Pick<PageMark, "before" | "after">): string {
  if (before === null) return "";
  return after === null ? String(before) : `${after} \u2190 ${before}`;
}

export function rankWords({ before, after }: Pick<PageMark, "before" | "after">): string {
  if (before === null) return "not in the lists";
  return after === null ? `rank ${before}, not re-ranked` : `rank ${after} after re-ranking, ${before} before`;
}
