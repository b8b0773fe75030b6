import { Icon } from "../parts/icon.tsx";
import { cx } from "../parts/class-names.ts";
import { useLibraryActions } from "../app/stores.ts";
import parts from "../styles/parts.module.css";

/** Only a help in the file picker: what a file is, its content tells. */
const ACCEPTED = ".pdf,.docx,.md,.markdown,.txt,.text,.html,.htm,application/pdf,text/plain,text/markdown,text/html";

/** The file picker; the label is its visible button. */
export function AddDocuments({ primary = false }: { readonly primary?: boolean }) {
  const actions = useLibraryActions();
  return (
    <label className={cx(parts["button"], primary && parts["primary"])}>
      <Icon name="add" />
      Add documents
      <input
        type="file"
        multiple
        accept={ACCEPTED}
        className={parts["hidden"]}
        onChange={(event) => {
          const input = event.currentTarget;
          actions.addFiles([...(input.files ?? [])]);
          // Otherwise choosing the same file again, after it failed, would be no change.
          input.value = "";
        }}
      />
    </label>
  );
}
