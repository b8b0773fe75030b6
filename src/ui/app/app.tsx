import "../styles/tokens.css";
import "../styles/base.css";
import { lazy, Suspense, useMemo, useState } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { AnswerView } from "#state/answer-store.ts";
import type { EvaluateView } from "#state/evaluate-view.ts";
import type { JudgementView } from "#state/judgement-store.ts";
import type { LanguageView } from "#state/language-view.ts";
import type { ModelsView } from "#state/models-view.ts";
import type { ReaderView } from "#state/reader-view.ts";
import type { WhyView } from "#state/why-store.ts";
import type { SyntheticView } from "#state/synthetic-store.ts";
import type { LibraryView, SearchView } from "#state/view.ts";
import { Compare } from "../compare/compare.tsx";
import { FirstScreen } from "../library/first-screen.tsx";
import { LibraryPanel } from "../library/library-panel.tsx";
import { DropZone } from "./drop-zone.tsx";
import styles from "./app.module.css";
import { Fatal } from "./fatal.tsx";
import { Header } from "./header.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { Notices } from "./notices.tsx";
import { createPointer } from "./pointer.ts";
import { ReaderPane } from "./reader-pane.tsx";
import { useScreen } from "./screen.ts";
import { StoresContext, useLibrary, useReader } from "./stores.ts";
import { useBackCloses } from "./use-back-closes.ts";
import { useGlobalKeys } from "./use-global-keys.ts";
import { useHashSettings } from "./use-hash-settings.ts";
import { useRootState } from "./use-root-state.ts";

/** Not part of the first load: who compares needs no tables. */
const Evaluate = lazy(() =>
  import("../evaluate/evaluate.tsx").then(
    ({ Evaluate: Loaded }) => ({ default: Loaded }),
    () => ({ default: Unavailable }),
  ),
);

const Models = lazy(() =>
  import("../models/models.tsx").then(
    ({ Models: Loaded }) => ({ default: Loaded }),
    () => ({ default: Unavailable }),
  ),
);

function Unavailable() {
  return <p role="alert">This screen could not be loaded from this site. Go online once and reload the page.</p>;
}

interface AppProps {
  readonly library: StoreApi<LibraryView>;
  readonly search: StoreApi<SearchView>;
  readonly reader: StoreApi<ReaderView>;
  readonly judgement: StoreApi<JudgementView>;
  readonly evaluate: StoreApi<EvaluateView>;
  readonly models: StoreApi<ModelsView>;
  readonly language: StoreApi<LanguageView>;
  /** Loaded with the first result. */
  readonly answers: () => Promise<StoreApi<AnswerView>>;
  /** Loaded with Evaluate. */
  readonly synthetic: () => Promise<StoreApi<SyntheticView>>;
  readonly why: StoreApi<WhyView>;
}

/** The whole page, over its stores. */
export function App({
  library,
  search,
  reader,
  judgement,
  evaluate,
  models,
  language,
  answers,
  synthetic,
  why,
}: AppProps) {
  const stores = useMemo(
    () => ({
      library,
      search,
      reader,
      judgement,
      evaluate,
      models,
      language,
      answers,
      synthetic,
      why,
      pointer: createPointer(),
    }),
    [library, search, reader, judgement, evaluate, models, language, answers, synthetic, why],
  );
  return (
    <StoresContext value={stores}>
      <Shell />
    </StoresContext>
  );
}

function Shell() {
  const app = useLibrary((view) => view.app);
  const fatal = useLibrary((view) => view.fatal);
  const isEmpty = useLibrary((view) => view.items.length === 0);
  const [showsKeys, setShowsKeys] = useState(false);
  // Only matters below 900 px, where the library is folded away.
  const [showsLibrary, setShowsLibrary] = useState(false);
  const isReading = useReader((view) => view.phase !== "closed");
  useRootState();
  useHashSettings();
  useBackCloses();
  useGlobalKeys(() => setShowsKeys(true));

  const screen = useScreen();
  const compares = screen === "compare";
  const hasLibrary = !isEmpty && fatal === null && compares;
  return (
    <div className={styles["app"]} data-reader={isReading && compares ? "open" : "closed"}>
      <Header
        onKeys={() => setShowsKeys(true)}
        library={hasLibrary ? { open: showsLibrary, toggle: () => setShowsLibrary(!showsLibrary) } : null}
      />
      {/* Columns: library, compare, reader. */}
      <div className={styles["columns"]} data-library={hasLibrary ? (showsLibrary ? "open" : "folded") : "none"}>
        {hasLibrary && <LibraryPanel />}
        <main className={styles["main"]}>
          <Notices />
          {fatal !== null ? (
            <Fatal error={fatal} />
          ) : !compares ? (
            <Suspense fallback={null}>{screen === "evaluate" ? <Evaluate /> : <Models />}</Suspense>
          ) : isEmpty ? (
            app !== "starting" && <FirstScreen />
          ) : (
            <Compare />
          )}
        </main>
        {compares && <ReaderPane />}
      </div>
      <DropZone />
      <KeysDialog open={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}
