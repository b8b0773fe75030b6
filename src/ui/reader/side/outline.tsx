import { type KeyboardEvent, useState } from "react";
import type { Page } from "#core/model.ts";
import type { ReaderTarget } from "#state/reader-view.ts";
import { Icon } from "../../parts/icon.tsx";
import { pageLabel } from "../../words/reader.ts";
import styles from "./side.module.css";
import type { OutlineEntry } from "./outline-entries.ts";

interface OutlineProps {
  readonly entries: readonly OutlineEntry[] | null;
  /** For the numbers beside the entries; null where the document has no pages. */
  readonly pages: readonly Page[] | null;
  readonly onGo: (target: ReaderTarget) => void;
}

/** Entries to this depth are unfolded at first, if there are not too many. */
const OPEN_UP_TO = 40;

export function Outline({ entries, pages, onGo }: OutlineProps) {
  if (entries === null) return <p className={styles["note"]}>Reading the outline…</p>;
  if (entries.length === 0)
    return <p className={styles["note"]}>This document has no outline, and no headings were found in it.</p>;
  const all = entries.reduce((sum, { children }) => sum + 1 + children.length, 0);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys move between the buttons inside
    <div className={styles["outline"]} onKeyDown={moveFocus} data-reader-outline="">
      <Entries entries={entries} pages={pages} onGo={onGo} unfolded={all <= OPEN_UP_TO} />
    </div>
  );
}

function Entries({
  entries,
  pages,
  onGo,
  unfolded,
}: OutlineProps & { readonly entries: readonly OutlineEntry[]; readonly unfolded: boolean }) {
  return (
    <ul>
      {entries.map((entry, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- entries never move, and titles repeat
        <Entry key={i} entry={entry} pages={pages} onGo={onGo} unfolded={unfolded} />
      ))}
    </ul>
  );
}

interface EntryProps extends Omit<OutlineProps, "entries"> {
  readonly entry: OutlineEntry;
  readonly unfolded: boolean;
}

function Entry({ entry, pages, onGo, unfolded }: EntryProps) {
  const [isOpen, setOpen] = useState(unfolded);
  const page = entry.page === null ? undefined : pages?.[entry.page];
  const hasChildren = entry.children.length > 0;
  const onKey = (event: KeyboardEvent) => {
    if (!hasChildren) return;
    if (event.key === "ArrowRight") setOpen(true);
    else if (event.key === "ArrowLeft") setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li>
      <div className={styles["entry"]}>
        {hasChildren && (
          <button
            type="button"
            className={styles["fold"]}
            aria-expanded={isOpen}
            aria-label={`${isOpen ? "Fold" : "Unfold"} ${entry.title}`}
            tabIndex={-1}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="more" size={12} />
          </button>
        )}
        <button
          type="button"
          className={styles["title"]}
          disabled={entry.page === null}
          aria-expanded={hasChildren ? isOpen : undefined}
          data-outline-entry=""
          onKeyDown={onKey}
          onClick={() => {
            const target = entry.target();
            if (target !== null) onGo(target);
          }}
        >
          <span>{entry.title}</span>
          {page !== undefined && <span className={styles["number"]}>{pageLabel(page)}</span>}
        </button>
      </div>
      {hasChildren && isOpen && <Entries entries={entry.children} pages={pages} onGo={onGo} unfolded={false} />}
    </li>
  );
}

/** Up and down go through the entries that are seen. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-outline-entry]:not(:disabled)")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[at + step]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
