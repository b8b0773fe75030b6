import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ChunkId } from "#core/model.ts";
import { CitationBar } from "../reader/marks/citation-bar.tsx";
import { HeatSwitch, HeatTint } from "../reader/marks/heat.tsx";
import type { HeatStage } from "../reader/marks/heat-words.ts";
import { PageMarks } from "../reader/marks/page-marks.tsx";
import type { ReaderSlots } from "../reader/slots.ts";
import { PaneWidth } from "./pane-width.tsx";
import styles from "./reader-pane.module.css";
import { useReaderFocus } from "./use-reader-focus.ts";
import { useReader, useStores } from "./stores.ts";

/** Not part of the first load: who only reads the lists needs no viewer. */
const Reader = lazy(() =>
  import("../reader/reader.tsx").then(
    ({ Reader: Loaded }) => ({ default: Loaded }),
    () => ({ default: Unavailable }),
  ),
);

function Unavailable() {
  return (
    <p role="alert" className={styles["message"]}>
      The reader could not be loaded from this site. Go online once and reload the page.
    </p>
  );
}

const NARROW = "(width < 900px)";

/** The column of the reader; below 900 px a screen of its own. Nothing while it is closed. */
export function ReaderPane() {
  const isOpen = useReader((view) => view.phase !== "closed");
  return isOpen ? <OpenPane /> : null;
}

function OpenPane() {
  const { reader, pointer } = useStores();
  const pane = useRef<HTMLElement>(null);
  const [stage, setStage] = useState<HeatStage>("after");
  const isReranked = useReader((view) => view.heat?.some(({ rankAfter }) => rankAfter !== null) ?? false);
  useReaderFocus(pane);

  const goToRow = useCallback(
    (id: ChunkId) => {
      // On a narrow screen the lists are behind the reader.
      if (matchMedia(NARROW).matches) reader.getState().close();
      pointer.getState().goTo(id);
    },
    [reader, pointer],
  );
  const shownStage = isReranked ? stage : "before";
  const slots = useMemo<ReaderSlots>(
    () => ({
      marks: (page, toBox) => <PageMarks page={page} toBox={toBox} onRow={goToRow} />,
      onTextMark: ({ chunkId }) => chunkId !== null && goToRow(chunkId),
      thumbnail: (page) => <HeatTint page={page} stage={shownStage} />,
      thumbnailsBar: <HeatSwitch stage={shownStage} onChange={setStage} />,
      bar: <CitationBar />,
    }),
    [goToRow, shownStage],
  );
  // The viewer's own focus on a narrow screen comes first.
  useLayoutEffect(() => () => pointer.getState().point(null), [pointer]);

  return (
    <aside ref={pane} className={styles["pane"]} aria-label="Evidence" data-reader-pane="">
      <PaneWidth pane={pane} />
      <Suspense fallback={<p className={styles["message"]}>Opening…</p>}>
        <Reader store={reader} slots={slots} />
      </Suspense>
    </aside>
  );
}
