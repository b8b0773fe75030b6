import { useState } from "react";
import type { ChunkId } from "#core/model.ts";
import type { Section } from "#state/reader-view.ts";
import { useReaderActions } from "../app/stores.ts";
import { HeadingPath } from "../parts/heading-path.tsx";
import parts from "../styles/parts.module.css";
import styles from "./section-around.module.css";

type Shown = Section | "waiting" | "gone" | null;

/** Small to big: the chunk is what was ranked; this is the section that it stands in, the chunk marked. */
export function SectionAround({ chunkId }: { readonly chunkId: ChunkId }) {
  const reader = useReaderActions();
  const [shown, setShown] = useState<Shown>(null);
  const toggle = () => {
    if (shown !== null) {
      setShown(null);
      return;
    }
    setShown("waiting");
    void reader.sectionOf(chunkId).then((section) => setShown(section ?? "gone"));
  };
  return (
    <div className={styles["section"]}>
      <button type="button" className={parts["quiet"]} aria-expanded={shown !== null} onClick={toggle}>
        {shown === null ? "Show the section around it" : "Hide the section"}
      </button>
      {shown === "waiting" && <p className={styles["note"]}>Reading…</p>}
      {shown === "gone" && <p className={styles["note"]}>The document could not be read.</p>}
      {shown !== null && typeof shown === "object" && <SectionText section={shown} />}
    </div>
  );
}

function SectionText({ section: { text, start, end, headings } }: { readonly section: Section }) {
  return (
    <div className={styles["around"]} data-section="">
      {headings.length > 0 && (
        <p className={styles["note"]}>
          <HeadingPath headings={headings} />
        </p>
      )}
      <p>
        {text.slice(0, start)}
        <mark className={styles["chunk"]}>{text.slice(start, end)}</mark>
        {text.slice(end)}
      </p>
    </div>
  );
}
