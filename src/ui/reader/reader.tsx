import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { ReaderView } from "#state/reader-view.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { cx } from "../parts/class-names.ts";
import { Locked } from "./locked.tsx";
import { PdfReader } from "./pdf-reader.tsx";
import { ReaderContext, useReader, useReaderActions } from "./reader-context.ts";
import styles from "./reader.module.css";
import { type ReaderSlots, SlotsContext } from "./slots.ts";
import { TextReader } from "./text-reader.tsx";

interface ReaderProps {
  readonly store: StoreApi<ReaderView>;
  /** What others draw inside; keep the object the same between renders. */
  readonly slots?: ReaderSlots;
  /** Where pdf.js's data files lie, with a slash at the end. */
  readonly assets?: string;
}

const NO_SLOTS: ReaderSlots = {};
/** Below this width the reader is a screen of its own. */
const NARROW = "(width < 900px)";

/** One document beside the lists; nothing while it is closed. */
export function Reader({ store, slots = NO_SLOTS, assets = new URL("pdfjs/", document.baseURI).href }: ReaderProps) {
  const scope = useMemo(() => ({ store, assets }), [store, assets]);
  return (
    <ReaderContext value={scope}>
      <SlotsContext value={slots}>
        <Frame bar={slots.bar} />
      </SlotsContext>
    </ReaderContext>
  );
}

function Frame({ bar }: { readonly bar: ReactNode }) {
  const phase = useReader((view) => view.phase);
  const id = useReader((view) => view.documentId);
  const name = useReader((view) => view.document?.record.name ?? null);
  const actions = useReaderActions();
  const frame = useRef<HTMLElement>(null);
  const isOpen = phase !== "closed";

  // A screen of its own takes the focus and gives it back; a column leaves it in the lists.
  useEffect(() => {
    if (!isOpen || !matchMedia(NARROW).matches) return undefined;
    const before = document.activeElement;
    frame.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [isOpen]);

  if (!isOpen) return null;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    actions.close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, which is also a button
    <section
      ref={frame}
      className={styles["reader"]}
      aria-label="Reader"
      tabIndex={-1}
      data-document-id={id}
      data-phase={phase}
      onKeyDown={onKey}
    >
      <header className={styles["header"]}>
        <button type="button" className={cx(parts["icon-button"], styles["back"])} onClick={() => actions.close()}>
          <Icon name="back" /> Back
        </button>
        <h2 title={name ?? undefined}>{name ?? "Document"}</h2>
        <button
          type="button"
          className={cx(parts["icon-button"], styles["close"])}
          aria-label="Close reader"
          title="Close reader (Esc)"
          onClick={() => actions.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      {bar}
      <Body />
    </section>
  );
}

function Body() {
  const phase = useReader((view) => view.phase);
  const open = useReader((view) => view.document);
  const error = useReader((view) => view.error);
  const target = useReader((view) => view.target);
  if (phase === "locked") return <Locked />;
  if (phase === "failed") {
    return (
      <>
        <div className={styles["message"]}>
          {error !== null && <ErrorText error={error} />}
          {open !== null && <p className={styles["instead"]}>Its text, as it was read when the document was added:</p>}
        </div>
        {open !== null && <TextReader key={open.record.id} document={open} target={target} />}
      </>
    );
  }
  if (phase === "opening" || open === null) {
    return (
      <div className={styles["message"]}>
        <ProgressBar label="Opening the document" progress={null} />
        <p>Opening…</p>
      </div>
    );
  }
  // A document with its own pages has sizes; sections of a text have none.
  const hasPages = open.record.format === "pdf" && open.pages.some(({ width }) => width > 0);
  const Kind = hasPages ? PdfReader : TextReader;
  return <Kind key={open.record.id} document={open} target={target} />;
}
