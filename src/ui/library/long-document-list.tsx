import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { DocumentId } from "#core/model.ts";
import type { LibraryItem } from "#state/view.ts";
import { DocumentRow } from "./document-row.tsx";
import styles from "./library-panel.module.css";

/** Pixels of a row with one line of facts, as it is most of the time. */
const ROW = 55;

interface LongDocumentListProps {
  readonly items: readonly LibraryItem[];
  readonly searchable: readonly DocumentId[];
}

/** Only the rows in view, each of which says which of how many it is. */
export function LongDocumentList({ items, searchable }: LongDocumentListProps) {
  const list = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by its functions
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  return (
    <ul ref={list} aria-label="Library" className={styles["list"]}>
      <Room height={shown[0]?.start ?? 0} />
      {shown.map(({ index, key }) => {
        const item = items[index];
        if (item === undefined) return null;
        const place = { ref: rows.measureElement, index, of: items.length };
        return <DocumentRow key={key} item={item} searchable={searchable} place={place} />;
      })}
      <Room height={rows.getTotalSize() - (shown.at(-1)?.end ?? 0)} />
    </ul>
  );
}

/** Stands for the rows out of view. Padding of the list would do, if a flex item could be smaller than its padding. */
function Room({ height }: { readonly height: number }) {
  return <li role="presentation" aria-hidden="true" style={{ height }} />;
}
