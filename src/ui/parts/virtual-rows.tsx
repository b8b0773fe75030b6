import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import styles from "./virtual-rows.module.css";

interface VirtualRowsProps {
  readonly label: string;
  readonly count: number;
  /** Pixels of a row that was not measured yet. */
  readonly estimate: number;
  readonly keyOf: (at: number) => string;
  /** For tests and styles: data attributes of a row. */
  readonly dataOf?: (at: number) => Readonly<Record<`data-${string}`, string>>;
  readonly children: (at: number) => ReactNode;
}

/** A long list in a window of its own: only the rows in view are in the page, and each says which of how many it is. */
export function VirtualRows({ label, count, estimate, keyOf, dataOf, children }: VirtualRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by its functions
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    overscan: 8,
  });
  return (
    <div ref={box} className={styles["window"]}>
      <ol aria-label={label} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
            {...dataOf?.(index)}
          >
            {children(index)}
          </li>
        ))}
      </ol>
    </div>
  );
}
