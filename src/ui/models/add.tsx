import { useId, useRef, useState, type FormEvent } from "react";
import { useModels, useModelsActions } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import { LookedUpPanel } from "./looked-up.tsx";
import styles from "./models.module.css";

/** By the id of the hub, or from the person's disk. */
export function Add() {
  const hub = useModels((view) => view.hub);
  const looked = useModels((view) => view.looked);
  const actions = useModelsActions();
  const [id, setId] = useState("");
  const [revision, setRevision] = useState("");
  const heading = useId();
  const host = hub === null ? null : new URL(hub).host;
  const lookUp = (event: FormEvent) => {
    event.preventDefault();
    // As people copy it from the address line.
    const name = id.trim().replace(/^https?:\/\/[^/]+\//, "");
    if (name !== "") actions.lookUp(name, revision.trim());
  };
  return (
    <section id="add-model" aria-labelledby={heading}>
      <h3 id={heading}>Add a model</h3>
      <form className={styles["form"]} onSubmit={lookUp}>
        <label>
          Id on the hub
          <input
            value={id}
            placeholder="owner/name"
            spellCheck={false}
            autoCapitalize="off"
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
        </label>
        <label>
          Revision
          <input
            value={revision}
            placeholder="main"
            spellCheck={false}
            autoCapitalize="off"
            onChange={({ currentTarget }) => setRevision(currentTarget.value)}
          />
        </label>
        <button type="submit" className={parts["button"]} disabled={host === null}>
          {host === null ? "No hub on this site" : `Look up at ${host}`}
        </button>
        <FromDisk />
      </form>
      {host !== null && (
        <p className={styles["note"]}>
          Looking up and downloading contact {host}, and where it keeps its files. Your documents and questions are not
          sent there.
        </p>
      )}
      {looked !== null && <LookedUpPanel key={looked.name} looked={looked} />}
    </section>
  );
}

function FromDisk() {
  const actions = useModelsActions();
  const folder = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    if (files === null || files.length === 0) return;
    const [first] = files;
    const name = first?.webkitRelativePath.split("/")[0];
    const byPath = new Map([...files].map((file) => [file.webkitRelativePath || file.name, file] as const));
    actions.lookInto(byPath, name === undefined || name === "" ? "model" : name);
  };
  return (
    <>
      <label className={parts["button"]}>
        From a folder
        <input
          ref={folder}
          type="file"
          className={parts["hidden"]}
          aria-label="Model folder"
          // Not an attribute that React knows.
          {...{ webkitdirectory: "" }}
          multiple
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            currentTarget.value = "";
          }}
        />
      </label>
      <label className={parts["button"]}>
        From a zip
        <input
          type="file"
          className={parts["hidden"]}
          aria-label="Model zip"
          accept=".zip,application/zip"
          onChange={({ currentTarget }) => {
            const [zip] = currentTarget.files ?? [];
            if (zip) actions.lookInto(zip, zip.name);
            currentTarget.value = "";
          }}
        />
      </label>
    </>
  );
}
