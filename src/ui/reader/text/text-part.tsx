import { memo } from "react";
import { BLOCK, type Page } from "#core/model.ts";
import type { PageMark } from "#state/reader-view.ts";
import type { Match } from "../find/find.ts";
import { stretches } from "./ranges.ts";
import type { TextPart as Part } from "./slices.ts";
import styles from "./text.module.css";

export interface TextPartProps {
  readonly page: Page;
  readonly part: Part;
  readonly marks: readonly PageMark[];
  readonly matches: readonly Match[];
  readonly found: Match | null;
  readonly onMark: ((mark: PageMark) => void) | undefined;
}

type Cover = PageMark | Match;

function isMark(cover: Cover): cover is PageMark {
  return "chunkId" in cover;
}

/** One block of a text, its marks as `<mark>`. */
export const TextPart = memo(function TextPart({ page, part, marks, matches, found, onMark }: TextPartProps) {
  const end = part.start + page.text.slice(part.start, part.end).trimEnd().length;
  const text = stretches<Cover>(part.start, end, [...marks, ...matches]).map((stretch) => {
    const words = page.text.slice(stretch.start, stretch.end);
    const mark = stretch.covers.find((it) => isMark(it) && it.chosen) ?? stretch.covers.find(isMark);
    const match = stretch.covers.find((it) => !isMark(it));
    const inner =
      match === undefined ? (
        words
      ) : (
        <mark className={styles["match"]} data-find-mark={match === found ? "current" : ""}>
          {words}
        </mark>
      );
    if (mark === undefined || !isMark(mark))
      return (
        <span key={stretch.start} data-offset={stretch.start}>
          {inner}
        </span>
      );
    return (
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the list of the results leads to the same row by keyboard
      <mark
        key={stretch.start}
        className={styles["mark"]}
        data-chunk-id={mark.chunkId}
        data-chosen={mark.chosen}
        data-offset={stretch.start}
        onClick={onMark && (() => onMark(mark))}
      >
        {inner}
      </mark>
    );
  });
  switch (part.kind) {
    case BLOCK.heading:
      return (
        <p role="heading" aria-level={part.level + 1} className={styles["heading"]} data-level={part.level}>
          {text}
        </p>
      );
    case BLOCK.listItem:
      return <p className={styles["item"]}>{text}</p>;
    case BLOCK.tableRow:
      return <p className={styles["row"]}>{text}</p>;
    case BLOCK.caption:
    case BLOCK.footnote:
    case BLOCK.aside:
    case BLOCK.furniture:
      return <p className={styles["small"]}>{text}</p>;
    default:
      return <p>{text}</p>;
  }
});
