import { useLibrary, useLibraryActions, useSearch, useSearchActions } from "../app/stores.ts";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { bytes, plural } from "../words/numbers.ts";
import { AddDocuments } from "./add-documents.tsx";
import { asked, filterSummary } from "./document-filter.ts";
import { DocumentList } from "./document-list.tsx";
import { LibraryMenu } from "./library-menu.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import styles from "./library-panel.module.css";

export function LibraryPanel() {
  const items = useLibrary((view) => view.items);
  const filter = useSearch((view) => view.settings.documents);
  const search = useSearchActions();
  const searchable = items.flatMap((item) => (item.record === null ? [] : [item.record.id]));
  const isFiltered = filter !== null && asked(filter, searchable).length < searchable.length;
  return (
    <aside id="library" className={styles["panel"]} aria-label="Documents">
      <div className={styles["head"]}>
        <h2>
          Library <span className={styles["count"]}>{items.length}</span>
        </h2>
        <LibraryMenu />
      </div>
      <div className={styles["add"]}>
        <AddDocuments />
        <p>or drop them anywhere</p>
      </div>
      <PasswordDialog />
      {isFiltered && (
        <p className={styles["filter"]}>
          Asking {filterSummary(filter, searchable)}
          <button type="button" className={parts["quiet"]} onClick={() => search.change({ documents: null })}>
            Ask all
          </button>
        </p>
      )}
      <DocumentList />
      <Transfer />
      <Footer documents={searchable.length} />
    </aside>
  );
}

function Transfer() {
  const transfer = useLibrary((view) => view.transfer);
  const actions = useLibraryActions();
  if (transfer === null) return null;
  const { done, of } = transfer.progress;
  const verb = transfer.kind === "export" ? "Exporting" : "Importing";
  const label = of > 0 ? `${verb} ${done} of ${of}` : verb;
  return (
    <div className={styles["transfer"]}>
      <p>{label}</p>
      <button type="button" className={parts["quiet"]} onClick={() => actions.cancelTransfer()}>
        Cancel
      </button>
      <ProgressBar label={label} progress={transfer.progress} />
    </div>
  );
}

function Footer({ documents }: { readonly documents: number }) {
  const storage = useLibrary((view) => view.storage);
  const room =
    storage === null ? "" : ` · ${bytes(storage.used)}${storage.quota > 0 ? ` of ${bytes(storage.quota)}` : ""}`;
  return (
    <footer className={styles["footer"]}>
      <p>
        {plural(documents, "document")}
        {room}
      </p>
      <p>Kept in this browser only</p>
      {storage !== null && (
        <p>
          {storage.persisted
            ? "The browser will not delete it by itself"
            : "The browser may delete it if disk space runs low"}
        </p>
      )}
    </footer>
  );
}
