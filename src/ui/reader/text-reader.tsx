import { useMemo, useRef, useState } from "react";
import type { PageIndex } from "#core/model.ts";
import type { OpenDocument, ReaderTarget } from "#state/reader-view.ts";
import type { Match } from "./find/find.ts";
import { FindBar } from "./find/find-bar.tsx";
import { useFindSteps } from "./find/use-find-steps.ts";
import { useReader, useReaderActions } from "./reader-context.ts";
import styles from "./reader.module.css";
import { Outline } from "./side/outline.tsx";
import { headingEntries } from "./side/outline-entries.ts";
import side from "./side/side.module.css";
import { useSlots } from "./slots.ts";
import { TextColumn } from "./text/text-column.tsx";
import { Tool } from "./toolbar/tool.tsx";
import toolbar from "./toolbar/toolbar.module.css";
import { useReaderKeys } from "./use-reader-keys.ts";
import { useWish } from "./use-wish.ts";

interface TextReaderProps {
  readonly document: OpenDocument;
  readonly target: ReaderTarget | null;
}

/** A document without pages, or one whose pages cannot be drawn: its text. */
export function TextReader({ document: open, target }: TextReaderProps) {
  const { pages } = open;
  const [current, setCurrent] = useState<PageIndex>(0);
  const [showsOutline, setShowsOutline] = useState(false);
  const [wish, setWish] = useWish(target);
  const column = useRef<{ focus(): void }>(null);
  const field = useRef<HTMLInputElement>(null);
  const marks = useReader((view) => view.marks);
  const actions = useReaderActions();
  const { onTextMark } = useSlots();

  const show = ({ page, start }: Match): void => setWish({ page, quad: null, offset: start });
  const find = useFindSteps(pages, current, show);
  const entries = useMemo(() => (showsOutline ? headingEntries(pages) : null), [showsOutline, pages]);
  const openFind = (): void => {
    find.open();
    requestAnimationFrame(() => field.current?.select());
  };
  const closeFind = (): void => {
    find.close();
    column.current?.focus();
  };
  const onKey = useReaderKeys({
    find: openFind,
    leave: find.typed === null ? () => actions.close() : closeFind,
    panel: () => setShowsOutline(!showsOutline),
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the whole reader, each also a button
    <div className={styles["document"]} onKeyDown={onKey}>
      <div className={toolbar["toolbar"]} role="group" aria-label="Text">
        <Tool
          icon="panel"
          label="Outline"
          keys="t"
          pressed={showsOutline}
          onClick={() => setShowsOutline(!showsOutline)}
        />
        <Tool
          icon="search"
          label="Find in this document"
          keys="Ctrl+F"
          pressed={find.typed !== null}
          onClick={find.typed === null ? openFind : closeFind}
        />
      </div>
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
        {showsOutline && (
          <nav className={side["side"]} aria-label="Outline" data-shows="outline">
            <div className={side["body"]}>
              <Outline entries={entries} pages={null} onGo={setWish} />
            </div>
          </nav>
        )}
        <TextColumn
          ref={column}
          pages={pages}
          target={wish}
          marks={marks}
          matches={find.found.byPage}
          found={find.match}
          onPage={setCurrent}
          onMark={onTextMark}
        />
      </div>
    </div>
  );
}
