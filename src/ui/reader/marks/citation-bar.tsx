import { type MouseEvent, useState } from "react";
import { Places } from "#core/evidence/places.ts";
import { hashFromLink } from "../../app/hash.ts";
import { useReader } from "../../app/stores.ts";
import { HeadingPath } from "../../parts/heading-path.tsx";
import parts from "../../styles/parts.module.css";
import type { ChosenPassage, OpenDocument } from "#state/reader-view.ts";
import { isByOcr } from "../../words/pages.ts";
import { rankSign, rankWords } from "./badges.ts";
import { citation, type Cited } from "./citation.ts";
import styles from "./citation-bar.module.css";
import { useSelected } from "./use-selected.ts";

/** The marked passage: its ranks, its section, and both ways to take it along. */
export function CitationBar() {
  const open = useReader((view) => (view.phase === "open" ? view.document : null));
  return open === null ? null : <Bar open={open} />;
}

function Bar({ open }: { readonly open: OpenDocument }) {
  const { record, pages } = open;
  const passage = useReader((view) => view.passage);
  const page = useReader((view) => view.target?.page ?? 0);
  const mark = useReader((view) => view.marks.get(page)?.find(({ chosen }) => chosen));
  const selected = useSelected(pages);
  // What was said holds for what was copied then.
  const subject = selected ?? passage;
  const [said, setSaid] = useState<{ readonly of: unknown; readonly words: string } | null>(null);

  if (passage === null && selected === null) return null;
  const copy = (text: string, what: string) => {
    const say = (words: string) => () => setSaid({ of: subject, words });
    void navigator.clipboard.writeText(text).then(say(`${what} copied`), say("The browser did not allow copying"));
  };
  const copyCitation = () => {
    const cited: Cited | null = selected ? { ...selected, headings: [] } : citedPassage(open, passage);
    if (cited) copy(citation(cited, record), selected ? "Citation of the selection" : "Citation");
  };
  const copyLink = () => {
    if (passage === null) return;
    const { start, end } = passage;
    const link = new URL(location.href);
    link.hash = hashFromLink({ id: record.id, start, end, textVersion: record.textVersion });
    copy(link.href, "Link");
  };
  return (
    <fieldset className={styles["bar"]} aria-label="Marked passage">
      <p className={styles["facts"]}>
        {mark !== undefined && mark.before !== null && (
          <span className={styles["ranks"]} title={rankWords(mark)}>
            ranks here: <strong>{rankSign(mark)}</strong>
          </span>
        )}
        {passage !== null && isRecognised(open, passage) && <span className={styles["ranks"]}>read by OCR</span>}
        {passage !== null && <HeadingPath headings={passage.headings} />}
      </p>
      <div className={styles["actions"]}>
        <button type="button" className={parts["quiet"]} onMouseDown={keepSelection} onClick={copyCitation}>
          Copy citation
        </button>
        {passage !== null && (
          <button type="button" className={parts["quiet"]} onClick={copyLink}>
            Copy link
          </button>
        )}
        <output className={styles["said"]}>{said?.of === subject ? said.words : ""}</output>
      </div>
    </fieldset>
  );
}

/** A press must not take the selection away that it is about. */
function keepSelection(event: MouseEvent): void {
  event.preventDefault();
}

function isRecognised(open: OpenDocument, passage: ChosenPassage): boolean {
  const cited = open.record.ocr === null ? null : citedPassage(open, passage);
  return cited !== null && isByOcr(cited, open.record);
}

function citedPassage({ pages }: OpenDocument, passage: ChosenPassage | null): Cited | null {
  if (passage === null) return null;
  const ranges = new Places(pages).ranges(passage.start, passage.end);
  const { text, headings } = passage;
  return { text, headings, firstPage: ranges[0]?.page ?? 0, lastPage: ranges.at(-1)?.page ?? 0 };
}
