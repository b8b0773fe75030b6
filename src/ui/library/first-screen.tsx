import { useRef } from "react";
import { useLibrary, useLibraryActions } from "../app/stores.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { machineSentence } from "../words/machine.ts";
import { AddDocuments } from "./add-documents.tsx";
import styles from "./first-screen.module.css";
import { ImportInput } from "./library-menu.tsx";

/** What a person sees before there is any document. */
export function FirstScreen() {
  const actions = useLibraryActions();
  const machine = useLibrary((view) => view.machine);
  const importInput = useRef<HTMLInputElement>(null);
  return (
    <div className={styles["screen"]}>
      <h2>See what re-ranking does to your own PDFs</h2>
      <p className={styles["lead"]}>
        Ask your documents and read two lists side by side: what the search found, and what a second, closer look makes
        of it, with every score.
      </p>
      <div className={styles["drop"]}>
        <Icon name="drop" size={24} />
        <p>Drop PDFs anywhere in this window</p>
        <p className={styles["formats"]}>Word, Markdown, HTML and text files too</p>
        <div className={styles["actions"]}>
          <AddDocuments primary />
          <button type="button" className={parts["button"]} onClick={() => actions.addSamples()}>
            Try the sample library
          </button>
        </div>
      </div>
      <p className={styles["promise"]}>
        Nothing leaves this browser: no upload, no account. After this visit it works offline.
      </p>
      <p className={styles["small"]}>
        {machineSentence(machine)} The bundled models read English and Chinese.{" "}
        <button type="button" className={parts["quiet"]} onClick={() => importInput.current?.click()}>
          Import an exported library
        </button>
      </p>
      <ImportInput ref={importInput} />
    </div>
  );
}
