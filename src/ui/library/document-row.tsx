import { memo, type Ref, useRef, useState } from "react";
import type { ErrorCode, ErrorData } from "#core/base/errors.ts";
import type { DocumentId, DocumentRecord } from "#core/model.ts";
import type { LibraryItem } from "#state/view.ts";
import { useLibraryActions, useSearch, useSearchActions } from "../app/stores.ts";
import { cx } from "../parts/class-names.ts";
import { Confirm } from "../parts/confirm.tsx";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { bytes, plural } from "../words/numbers.ts";
import { pageCount } from "../words/pages.ts";
import { stateWord, workLabel } from "../words/states.ts";
import { warning } from "../words/warnings.ts";
import { isAsked, toggled } from "./document-filter.ts";
import { OcrOffer } from "./ocr-offer.tsx";
import styles from "./document-row.module.css";

interface DocumentRowProps {
  readonly item: LibraryItem;
  /** Every document that can be asked now, in the list's order. */
  readonly searchable: readonly DocumentId[];
  /** Where not every row is in the page: which of how many this is. */
  readonly place?: { readonly ref: Ref<HTMLLIElement>; readonly index: number; readonly of: number };
}

export function DocumentRow({ item, searchable, place }: DocumentRowProps) {
  return (
    <li
      ref={place?.ref}
      className={styles["row"]}
      data-document-id={item.id ?? ""}
      data-state={item.state}
      data-index={place?.index}
      aria-posinset={place && place.index + 1}
      aria-setsize={place?.of}
    >
      {item.record === null ? (
        <span className={styles["dot"]} aria-hidden="true" />
      ) : (
        <AskToggle id={item.record.id} name={item.name} searchable={searchable} />
      )}
      <div className={styles["body"]}>
        <p className={styles["name"]} title={item.name}>
          {item.name}
        </p>
        <Facts item={item} />
        {item.error !== null && (
          <div className={styles["error"]} role="alert">
            <ErrorText error={item.error} />
          </div>
        )}
        {item.record?.warnings.map((it) => (
          <p key={it.kind} className={styles["warning"]}>
            <Icon name="warning" size={14} />
            {warning(it)}
          </p>
        ))}
        <Work item={item} />
      </div>
      <div className={styles["actions"]}>
        {item.record === null ? null : <Ready item={item} id={item.record.id} searchable={searchable} />}
      </div>
    </li>
  );
}

const Facts = memo(function Facts({ item }: { readonly item: LibraryItem }) {
  const { record, state } = item;
  // While a file is on its way, its work says so.
  if (record === null && state !== "failed") return null;
  const facts =
    record === null
      ? [stateWord(state), bytes(item.bytes)]
      : [pageCount(record), plural(record.chunkCount, "chunk"), bytes(item.bytes)];
  return <p className={styles["facts"]}>{facts.join(" · ")}</p>;
});

function AskToggle({
  id,
  name,
  searchable,
}: {
  readonly id: DocumentId;
  readonly name: string;
  readonly searchable: readonly DocumentId[];
}) {
  const filter = useSearch((view) => view.settings.documents);
  const search = useSearchActions();
  return (
    <input
      type="checkbox"
      className={styles["check"]}
      aria-label={`Search in ${name}`}
      title="Search in this document"
      checked={isAsked(filter, id)}
      onChange={() => search.change({ documents: toggled(filter, id, searchable) })}
    />
  );
}

/** What can be done with a document that is in the library. */
function Ready({ item, id, searchable }: DocumentRowProps & { readonly id: DocumentId }) {
  const library = useLibraryActions();
  const search = useSearchActions();
  const filter = useSearch((view) => view.settings.documents);
  const [asksToRemove, setAsksToRemove] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isOnly = filter?.length === 1 && filter[0] === id;
  return (
    <>
      {searchable.length > 1 && !isOnly && (
        <button
          type="button"
          className={cx(parts["quiet"], styles["only"])}
          aria-label={`Ask only ${item.name}`}
          onClick={() => search.change({ documents: [id] })}
        >
          only this
        </button>
      )}
      <button
        ref={button}
        type="button"
        className={parts["icon-button"]}
        aria-label={`Remove ${item.name}`}
        title="Remove"
        onClick={() => setAsksToRemove(true)}
      >
        <Icon name="trash" size={14} />
      </button>
      <Confirm
        open={asksToRemove}
        title="Remove this document?"
        action="Remove"
        onConfirm={() => {
          const next = neighbour(button.current);
          void library.remove(id).then(() => focusAfterRemoval(next));
        }}
        onClose={() => setAsksToRemove(false)}
      >
        <p>
          <strong>{item.name}</strong> and its chunks will be deleted from this browser. The file on your disk is not
          touched.
        </p>
      </Confirm>
    </>
  );
}

/** The row that a removal leaves in this one's place. */
function neighbour(inside: HTMLElement | null): Element | null {
  const row = inside?.closest("li") ?? null;
  return row?.nextElementSibling ?? row?.previousElementSibling ?? null;
}

/** The focus went with the row: it goes to the same button of the next one, or to "Add documents" if none is left. */
function focusAfterRemoval(row: Element | null): void {
  requestAnimationFrame(() => {
    const next = row?.querySelector<HTMLElement>("[aria-label^='Remove ']");
    (next ?? document.querySelector<HTMLElement>("input[type=file]"))?.focus();
  });
}

/** A scan, or one that OCR could not read yet. */
function isForOcr({ code, facts }: ErrorData): boolean {
  return (code === "PDF_NO_TEXT" && facts["scanned"] !== 0) || code === "OCR_NO_LANGUAGE" || code === "OCR_UNAVAILABLE";
}

/** How many pages OCR is to read, where the failure says it. */
function pagesFor({ facts }: ErrorData): number | null {
  return typeof facts["pages"] === "number" ? facts["pages"] : null;
}

/** Pages of a stored document that OCR may give a text. */
function pagesWithoutText({ format, warnings }: DocumentRecord): number {
  if (format !== "pdf") return 0;
  return warnings.reduce(
    (sum, it) => sum + (it.kind === "pages-without-text" || it.kind === "pages-garbled" ? it.pages : 0),
    0,
  );
}

/** Failures of the moment or of the machine; the others would only repeat themselves. */
const MAY_WORK_AGAIN: ReadonlySet<ErrorCode> = new Set([
  "FILE_UNREADABLE",
  "MODEL_MISSING",
  "DEVICE_LOST",
  "OUT_OF_MEMORY",
  "QUOTA_EXCEEDED",
  "STORE_BLOCKED",
  "STORE_BROKEN",
  "WORKER_CRASHED",
  "UNEXPECTED",
]);

/** Progress and Cancel while a file is on its way; Dismiss after it failed. */
function Work({ item }: { readonly item: LibraryItem }) {
  const library = useLibraryActions();
  if (item.state === "failed") {
    // A stored document is removed, not dismissed.
    if (item.record !== null) return null;
    return (
      <p className={styles["failed"]}>
        {item.error !== null && isForOcr(item.error) && (
          <OcrOffer itemKey={item.key} name={item.name} pages={pagesFor(item.error)} />
        )}
        {MAY_WORK_AGAIN.has(item.error?.code ?? "UNEXPECTED") && (
          <button
            type="button"
            className={parts["quiet"]}
            aria-label={`Try ${item.name} again`}
            onClick={() => library.retry(item.key)}
          >
            Try again
          </button>
        )}
        <button
          type="button"
          className={parts["quiet"]}
          aria-label={`Dismiss ${item.name}`}
          onClick={() => library.dismiss(item.key)}
        >
          Dismiss
        </button>
      </p>
    );
  }
  // A stored document that is read, cut or embedded anew shows its work too.
  if (item.state === "ready" || item.state === "partial") {
    const pages = item.record === null ? 0 : pagesWithoutText(item.record);
    if (pages === 0) return null;
    return (
      <p className={styles["failed"]}>
        <OcrOffer itemKey={item.key} name={item.name} pages={pages} />
      </p>
    );
  }
  const label = workLabel(item.state, item.progress);
  return (
    <div className={styles["work"]}>
      <p>{item.state === "queued" ? `${label} · ${bytes(item.bytes)}` : label}</p>
      <button
        type="button"
        className={parts["quiet"]}
        aria-label={`Cancel ${item.name}`}
        onClick={() => library.cancel(item.key)}
      >
        Cancel
      </button>
      {item.state !== "queued" && <ProgressBar label={label} progress={item.progress} />}
    </div>
  );
}
