import { lazy, Suspense, useMemo } from "react";
import { useLibrary } from "../app/stores.ts";
import { DocumentRow } from "./document-row.tsx";
import styles from "./library-panel.module.css";

/** An imported corpus has thousands of rows: from here on only those in view are in the page. */
const VIRTUAL_FROM = 300;

/** Most people never need it: it is loaded with the first long library. */
const LongList = lazy(async () => ({ default: (await import("./long-document-list.tsx")).LongDocumentList }));

/** The rows of the library, in its order. */
export function DocumentList() {
  const items = useLibrary((view) => view.items);
  const searchable = useMemo(() => items.flatMap((item) => (item.record === null ? [] : [item.record.id])), [items]);
  if (items.length > VIRTUAL_FROM) {
    return (
      <Suspense fallback={<div className={styles["list"]} />}>
        <LongList items={items} searchable={searchable} />
      </Suspense>
    );
  }
  return (
    <ul aria-label="Library" className={styles["list"]}>
      {items.map((item) => (
        <DocumentRow key={item.key} item={item} searchable={searchable} />
      ))}
    </ul>
  );
}
