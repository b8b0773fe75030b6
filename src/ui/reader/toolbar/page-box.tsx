import { type KeyboardEvent, useState } from "react";
import type { Page, PageIndex } from "#core/model.ts";
import { count } from "../../words/numbers.ts";
import { pageLabel, pageMeant } from "../../words/reader.ts";
import styles from "./toolbar.module.css";

interface PageBoxProps {
  readonly pages: readonly Page[];
  readonly current: PageIndex;
  readonly onPage: (page: PageIndex) => void;
}

/** Says which page this is and goes to the one that is typed, by label or number. */
export function PageBox({ pages, current, onPage }: PageBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const page = pages[current];
  const label = page === undefined ? "" : pageLabel(page);
  const meant = typed === null ? null : pageMeant(pages, typed);
  const number = String(current + 1);
  const widest = Math.max(3, label.length, String(pages.length).length);

  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (meant === null) return;
      onPage(meant.index);
      setTyped(null);
      event.currentTarget.select();
    } else if (event.key === "Escape" && typed !== null) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
    }
  };
  return (
    <span className={styles["pages"]}>
      <input
        type="text"
        className={styles["page-box"]}
        style={{ inlineSize: `calc(${widest}ch + 14px)` }}
        aria-label="Page"
        aria-invalid={typed !== null && typed.trim() !== "" && meant === null}
        title="Page number or label, then Enter"
        value={typed ?? label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={onKey}
      />
      <span className={styles["of"]}>
        {label === number ? `of ${count(pages.length)}` : `(${count(current + 1)} of ${count(pages.length)})`}
      </span>
      {page?.origin === "ocr" && (
        <abbr className={styles["ocr"]} title="The text of this page was read by OCR and may have mistakes">
          OCR
        </abbr>
      )}
    </span>
  );
}
