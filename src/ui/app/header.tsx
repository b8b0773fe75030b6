import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { machineLine } from "../words/machine.ts";
import styles from "./header.module.css";
import { useLibrary } from "./stores.ts";

interface HeaderProps {
  readonly onKeys: () => void;
  /** The button that unfolds the library on small screens; null while there is no library to show. */
  readonly library: { readonly open: boolean; readonly toggle: () => void } | null;
}

export function Header({ onKeys, library }: HeaderProps) {
  const machine = useLibrary((view) => view.machine);
  const documents = useLibrary((view) => view.items.length);
  return (
    <header className={styles["header"]}>
      <h1>Second Look</h1>
      {library !== null && (
        <button
          type="button"
          className={styles["library"]}
          aria-expanded={library.open}
          aria-controls="library"
          onClick={library.toggle}
        >
          <Icon name="document" />
          {documents === 1 ? "1 document" : `${documents} documents`}
        </button>
      )}
      <p className={styles["facts"]}>
        <span className={styles["promise"]}>Nothing leaves this browser</span>
        <span className={styles["machine"]}>{machineLine(machine)}</span>
      </p>
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label="Help and keys"
        title="Help and keys (?)"
        onClick={onKeys}
      >
        <span aria-hidden="true">?</span>
      </button>
    </header>
  );
}
