import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { useLibrary } from "../app/stores.ts";
import { DocumentRow } from "./document-row.tsx";
import styles from "./library-panel.module.css";

/** An imported corpus has thousands of rows: from here on only those in view are in the page. */
const VIRTUAL_FROM = 300;
/** Pixels of a row with one line of facts, as it is most of the time. */
const ROW = 55;

/** The rows of the library, in its order. */
export function DocumentList() {
  const items = useLibrary((view) => view.items);
  const list = useRef<HTMLUListElement>(null);
  const searchable = useMemo(() => items.flatMap((item) => (item.record === null ? [] : [item.record.id])), [items]);
  const isLong = items.length > VIRTUAL_FROM;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by its functions
  const rows = useVirtualizer({
    count: isLong ? items.length : 0,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  return (
    <ul ref={list} aria-label="Library" className={styles["list"]}>
      {isLong && <Room height={shown[0]?.start ?? 0} />}
      {isLong
        ? shown.map(({ index, key }) => {
            const item = items[index];
            if (item === undefined) return null;
            const place = { ref: rows.measureElement, index, of: items.length };
            return <DocumentRow key={key} item={item} searchable={searchable} place={place} />;
          })
        : items.map((item) => <DocumentRow key={item.key} item={item} searchable={searchable} />)}
      {isLong && <Room height={rows.getTotalSize() - (shown.at(-1)?.end ?? 0)} />}
    </ul>
  );
}

/** Stands for the rows out of view. Padding of the list would do, if a flex item could be smaller than its padding. */
function Room({ height }: { readonly height: number }) {
  return <li role="presentation" aria-hidden="true" style={{ height }} />;
}
