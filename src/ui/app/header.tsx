import { hostOf } from "#core/llm/endpoint.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { machineLine } from "../words/machine.ts";
import styles from "./header.module.css";
import { hashOf, type Screen } from "./hash.ts";
import { useScreen } from "./screen.ts";
import { useLanguage, useLibrary, useLibraryActions, useSearch } from "./stores.ts";

/** No library can carry this name: names are trimmed. */
const OWN = " ";

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
      <Screens />
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
      <LibrarySwitch />
      <p className={styles["facts"]}>
        <PromiseLine />
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

/** What leaves the tab, and where to: nothing, unless the person set up a server. */
function PromiseLine() {
  const chat = useLanguage(({ place, isSetUp, chat: { base } }) => (place === "endpoint" && isSetUp ? base : null));
  const rerank = useLanguage(({ isRerankSetUp, rerank: { base } }) => (isRerankSetUp ? base : null));
  const hosts = [...new Set([chat, rerank].flatMap((base) => (base === null ? [] : [hostOf(base)])))];
  if (hosts.length === 0) return <span className={styles["promise"]}>Nothing leaves this browser</span>;
  return (
    <a className={styles["promise"]} data-sends="" href="#view=models">
      May send passages to {hosts.join(" and ")}
    </a>
  );
}

/** The person's own documents, or a corpus that was imported; not there while there is nothing to choose. */
function LibrarySwitch() {
  const { current, named } = useLibrary((view) => view.libraries);
  const isBusy = useLibrary((view) => view.app === "busy");
  const actions = useLibraryActions();
  if (named.length === 0 && current === null) return null;
  return (
    <select
      className={styles["switch"]}
      aria-label="Library in use"
      title={isBusy ? "Documents are being read: wait or cancel, then change the library" : "Library in use"}
      disabled={isBusy}
      value={current ?? OWN}
      onChange={({ currentTarget }) => actions.openLibrary(currentTarget.value === OWN ? null : currentTarget.value)}
    >
      <option value={OWN}>My documents</option>
      {named.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

const SCREENS: readonly (readonly [screen: Screen, name: string])[] = [
  ["compare", "Compare"],
  ["evaluate", "Evaluate"],
  ["models", "Models"],
];

function Screens() {
  const current = useScreen();
  const settings = useSearch((view) => view.settings);
  return (
    <nav className={styles["screens"]} aria-label="Screens">
      {SCREENS.map(([screen, name]) => (
        <a key={screen} href={`#${hashOf(screen, settings)}`} aria-current={screen === current ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
