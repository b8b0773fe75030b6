import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Page, PageIndex } from "#core/model.ts";
import type { PageMark, ReaderTarget } from "#state/reader-view.ts";
import type { Match } from "../find/find.ts";
import { sliceAt, slicesOf } from "./slices.ts";
import { TextPart } from "./text-part.tsx";
import styles from "./text.module.css";

interface TextColumnProps {
  readonly pages: readonly Page[];
  readonly target: ReaderTarget | null;
  readonly marks: ReadonlyMap<PageIndex, readonly PageMark[]>;
  readonly matches: ReadonlyMap<PageIndex, readonly Match[]>;
  readonly found: Match | null;
  readonly onPage: (page: PageIndex) => void;
  readonly onMark: ((mark: PageMark) => void) | undefined;
  readonly ref: Ref<{ focus(): void }>;
}

const NO_MARKS: readonly PageMark[] = [];
const NO_MATCHES: readonly Match[] = [];
/** Pixels for a letter of text at the usual width, before a slice has been measured. */
const PER_LETTER = 0.45;

/** A document without pages, as flowing text. */
export function TextColumn({ pages, target, marks, matches, found, onPage, onMark, ref }: TextColumnProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), []);
  const slices = useMemo(() => slicesOf(pages), [pages]);
  const virtualizer = useVirtualizer({
    count: slices.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => 24 + ((slices[i]?.end ?? 0) - (slices[i]?.start ?? 0)) * PER_LETTER,
    overscan: 1,
    paddingStart: 12,
    paddingEnd: 48,
  });
  const items = virtualizer.getVirtualItems();

  const top = virtualizer.scrollOffset ?? 0;
  const first = items.find((item) => item.end > top + 40);
  const page = slices[first?.index ?? 0]?.page ?? 0;
  useEffect(() => onPage(page), [onPage, page]);

  const reach = useReach(scroller);
  useLayoutEffect(() => {
    if (target === null || slices.length === 0) return undefined;
    const offset = target.offset ?? 0;
    const index = sliceAt(slices, target.page, offset);
    virtualizer.scrollToIndex(index, { align: "start" });
    // The slice is laid out and measured first; its neighbours may still move it once.
    return reach(target.page, offset, target.offset === null);
  }, [target, slices, virtualizer, reach]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area that keys must reach
    <div ref={scroller} className={styles["column"]} tabIndex={0} role="group" aria-label="Text" data-reader-pages="">
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {items.map(({ index, start }) => {
          const slice = slices[index];
          const section = slice === undefined ? undefined : pages[slice.page];
          if (slice === undefined || section === undefined) return null;
          return (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              data-page={section.index}
              className={styles["slice"]}
              style={{ transform: `translateY(${start}px)` }}
            >
              {slice.parts.map((part) => (
                <TextPart
                  key={part.start}
                  page={section}
                  part={part}
                  marks={marks.get(section.index) ?? NO_MARKS}
                  matches={matches.get(section.index) ?? NO_MATCHES}
                  found={found?.page === section.index ? found : null}
                  onMark={onMark}
                />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Brings an offset into the upper third, frame by frame until it stays there: sizes are measured as slices appear. */
function useReach(scroller: React.RefObject<HTMLDivElement | null>) {
  return useCallback(
    (page: PageIndex, offset: number, toTop: boolean): (() => void) => {
      let frame = 0;
      let left = 12;
      const step = (): void => {
        const box = scroller.current;
        const spans = [...(box?.querySelectorAll<HTMLElement>(`[data-page="${page}"] [data-offset]`) ?? [])];
        const span = spans.findLast((it) => Number(it.dataset["offset"]) <= offset) ?? spans[0];
        if (box !== null && span !== undefined) {
          const aim = toTop ? 12 : box.clientHeight * 0.3;
          const off = span.getBoundingClientRect().top - box.getBoundingClientRect().top - aim;
          if (Math.abs(off) > 1) box.scrollTop += off;
        }
        left -= 1;
        if (left > 0) frame = requestAnimationFrame(step);
      };
      frame = requestAnimationFrame(step);
      return () => cancelAnimationFrame(frame);
    },
    [scroller],
  );
}
