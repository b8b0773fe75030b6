import { lazy, Suspense, type Ref, useRef, useState } from "react";
import { useLibrary, useLibraryActions } from "../app/stores.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Icon } from "../parts/icon.tsx";
import { useDisclosure } from "../parts/use-disclosure.ts";
import parts from "../styles/parts.module.css";
import { plural } from "../words/numbers.ts";
import styles from "./library-menu.module.css";
import { saveFile } from "./save-file.ts";

/** Chooses an exported library; it has no look of its own, a button clicks it. */
export function ImportInput({ ref }: { readonly ref: Ref<HTMLInputElement> }) {
  const actions = useLibraryActions();
  return (
    <input
      ref={ref}
      type="file"
      hidden
      aria-label="Library file to import"
      accept=".secondlook"
      onChange={(event) => {
        const input = event.currentTarget;
        const file = input.files?.[0];
        if (file !== undefined) void actions.importLibrary(file);
        input.value = "";
      }}
    />
  );
}

/** Most people never cut their documents in another way. */
const ChunkingDialog = lazy(() =>
  import("../chunking/chunking-dialog.tsx").then(({ ChunkingDialog: Loaded }) => ({ default: Loaded })),
);

function Chunking({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const actions = useLibraryActions();
  const settings = useLibrary((view) => view.chunking);
  const items = useLibrary((view) => view.items);
  const documents = items.flatMap(({ record }) => (record === null ? [] : [{ id: record.id, name: record.name }]));
  return (
    <ChunkingDialog
      open={open}
      onClose={onClose}
      settings={settings}
      documents={documents}
      preview={actions.previewChunks}
      apply={(chosen) => void actions.setChunking(chosen)}
    />
  );
}

/** Export, import, cut and delete the whole library. */
export function LibraryMenu() {
  const actions = useLibraryActions();
  const documents = useLibrary((view) => view.items.filter((item) => item.record !== null).length);
  const isTransferring = useLibrary((view) => view.transfer !== null);
  const library = useLibrary((view) => view.libraries.current);
  const [asksToClear, setAsksToClear] = useState(false);
  const [asksToDelete, setAsksToDelete] = useState(false);
  const [setsChunks, setSetsChunks] = useState(false);
  const { ref: menu, close } = useDisclosure();
  const importInput = useRef<HTMLInputElement>(null);

  const save = async () => {
    close(true);
    const file = await actions.exportLibrary();
    if (file !== null) saveFile(file, `second-look-${new Date().toISOString().slice(0, 10)}.secondlook`);
  };

  return (
    <>
      {/* A disclosure, not a menu: its buttons are reached with Tab, as everything else here. */}
      <details ref={menu} className={styles["menu"]}>
        <summary className={parts["icon-button"]} aria-label="Library menu" title="Library menu">
          <Icon name="menu" />
        </summary>
        <div className={styles["items"]}>
          <button type="button" disabled={documents === 0 || isTransferring} onClick={() => void save()}>
            Export library
          </button>
          <button
            type="button"
            disabled={isTransferring}
            onClick={() => {
              close(true);
              importInput.current?.click();
            }}
          >
            Import library
          </button>
          <button
            type="button"
            onClick={() => {
              close(true);
              setSetsChunks(true);
            }}
          >
            Chunk settings
          </button>
          <button
            type="button"
            className={styles["danger"]}
            onClick={() => {
              close(true);
              setAsksToClear(true);
            }}
          >
            Delete everything
          </button>
          {library !== null && (
            <button
              type="button"
              className={styles["danger"]}
              onClick={() => {
                close(true);
                setAsksToDelete(true);
              }}
            >
              Delete this library
            </button>
          )}
        </div>
      </details>
      <ImportInput ref={importInput} />
      {setsChunks && (
        <Suspense fallback={null}>
          <Chunking open={setsChunks} onClose={() => setSetsChunks(false)} />
        </Suspense>
      )}
      <Confirm
        open={asksToClear}
        title="Delete everything?"
        action="Delete everything"
        onConfirm={() => void actions.clear()}
        onClose={() => setAsksToClear(false)}
      >
        <p>
          {documents > 0 ? `${plural(documents, "document")} with their pages, chunks and vectors` : "The library"} will
          be deleted from this browser. The files on your disk are not touched. This cannot be undone; export the
          library first if you may want it back.
        </p>
      </Confirm>
      <Confirm
        open={asksToDelete}
        title={`Delete the library ${library ?? ""}?`}
        action="Delete this library"
        onConfirm={() => void actions.deleteLibrary()}
        onClose={() => setAsksToDelete(false)}
      >
        <p>
          Its documents, question sets, grades and scores will be deleted from this browser. Your own documents and the
          files on your disk are not touched. This cannot be undone.
        </p>
      </Confirm>
    </>
  );
}
