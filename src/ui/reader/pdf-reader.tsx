import { useCallback, useRef, useState } from "react";
import type { PageIndex } from "#core/model.ts";
import { quadsOf } from "#core/page/quads.ts";
import type { OpenDocument, ReaderTarget } from "#state/reader-view.ts";
import type { Match } from "./find/find.ts";
import { FindBar } from "./find/find-bar.tsx";
import { useFindSteps } from "./find/use-find-steps.ts";
import { type Rotation, turned } from "./geometry.ts";
import { DrawQueue } from "./pages/draw-queue.ts";
import { type ColumnHandle, PageColumn } from "./pages/page-column.tsx";
import { usePdfView } from "./pages/use-pdf-view.ts";
import { nextStep, type Zoom } from "./pages/zoom.ts";
import { useReaderActions } from "./reader-context.ts";
import styles from "./reader.module.css";
import { Outline } from "./side/outline.tsx";
import { SidePanel } from "./side/side-panel.tsx";
import { Thumbnails } from "./side/thumbnails.tsx";
import { useOutline } from "./side/use-outline.ts";
import { Toolbar } from "./toolbar/toolbar.tsx";
import { useReaderKeys } from "./use-reader-keys.ts";
import { useWish } from "./use-wish.ts";

interface PdfReaderProps {
  readonly document: OpenDocument;
  readonly target: ReaderTarget | null;
}

/** A document that has pages. */
export function PdfReader({ document: open, target }: PdfReaderProps) {
  const { pages } = open;
  const pdf = usePdfView(open);
  const [queue] = useState(() => new DrawQueue());
  const [current, setCurrent] = useState<PageIndex>(target?.page ?? 0);
  const [zoom, setZoom] = useState<Zoom>("width");
  const [turn, setTurn] = useState<Rotation>(0);
  const [panel, setPanel] = useState(false);
  const column = useRef<ColumnHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const side = useRef<HTMLElement>(null);
  const [scale, setScale] = useState<number | null>(null);
  const actions = useReaderActions();

  const [wish, setWish] = useWish(target);
  const goTo = useCallback((page: PageIndex) => setWish({ page, quad: null, offset: null }), [setWish]);
  const showMatch = ({ page: index, start, end }: Match): void => {
    const page = pages[index];
    if (page !== undefined) setWish({ page: index, quad: quadsOf(page, start, end)[0] ?? null, offset: start });
  };
  const find = useFindSteps(pages, current, showMatch);
  const outline = useOutline(panel ? pdf : null, pages);

  const openFind = (): void => {
    find.open();
    // Selecting what was typed before, so that typing replaces it; the field of a fresh bar is focused by it.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
  };
  const closeFind = (): void => {
    find.close();
    column.current?.focus();
  };
  const stepZoom = (direction: 1 | -1): void => {
    const now = column.current?.scale();
    if (now !== null && now !== undefined) setZoom(nextStep(now, direction));
  };
  const rotate = (): void => setTurn((old) => turned(old, 90));
  const goToEntry = (entry: ReaderTarget): void => {
    setWish(entry);
    // On a phone the outline lies over the pages: who chose an entry wants to see what it leads to.
    if (side.current !== null && getComputedStyle(side.current).position === "absolute") {
      setPanel(false);
      column.current?.focus();
    }
  };
  const inRange = (page: PageIndex): PageIndex => Math.min(pages.length - 1, Math.max(0, page));

  const onKey = useReaderKeys({
    find: openFind,
    leave: find.typed === null ? () => actions.close() : closeFind,
    zoom: stepZoom,
    fit: setZoom,
    rotate,
    panel: () => setPanel((old) => !old),
    page: (direction) => goTo(inRange(current + direction)),
  });

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the whole reader, each also a button
    <div className={styles["document"]} onKeyDown={onKey}>
      <Toolbar
        pages={pages}
        current={current}
        zoom={zoom}
        scale={scale}
        panel={panel}
        find={find.typed !== null}
        onPage={goTo}
        onZoom={setZoom}
        onStepZoom={stepZoom}
        onRotate={rotate}
        onPanel={() => setPanel(!panel)}
        onFind={find.typed === null ? openFind : closeFind}
      />
      {find.typed !== null && (
        <FindBar
          ref={field}
          typed={find.typed}
          found={find.found}
          at={find.at}
          onType={find.type}
          onStep={find.step}
          onClose={closeFind}
        />
      )}
      <div className={styles["body"]}>
        {panel && (
          <SidePanel
            ref={side}
            thumbnails={() => (
              <Thumbnails pages={pages} current={current} turn={turn} pdf={pdf} queue={queue} onPage={goTo} />
            )}
            outline={() => <Outline entries={outline} pages={pages} onGo={goToEntry} />}
          />
        )}
        <PageColumn
          ref={column}
          pages={pages}
          pdf={pdf}
          queue={queue}
          zoom={zoom}
          turn={turn}
          target={wish}
          current={current}
          matches={find.found.byPage}
          found={find.match}
          onPage={setCurrent}
          onZoom={setZoom}
          onScale={setScale}
        />
      </div>
    </div>
  );
}
