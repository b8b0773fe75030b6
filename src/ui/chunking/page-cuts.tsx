import { stretchesOf, type PreviewPage } from "#core/chunk/preview.ts";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import styles from "./chunking.module.css";

/** A page's text with its chunks on alternating grounds, numbered where they begin; what two of them hold is underlined. */
export function PageCuts({ page }: { readonly page: PreviewPage }) {
  if (page.text.trim() === "") return <p className={styles["none"]}>This page has no text.</p>;
  const begins = new Map(page.cuts.map(({ start, ordinal }) => [start, ordinal]));
  return (
    // A region of its own that scrolls must take the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles["text"]} tabIndex={0} aria-label="Cuts on the page">
      {stretchesOf(page).map(({ start, end, ordinals }) => {
        const own = ordinals.at(-1);
        const begin = begins.get(start);
        return (
          <span
            key={start}
            className={cx(
              own !== undefined && styles[own % 2 === 0 ? "even" : "odd"],
              ordinals.length > 1 && styles["overlap"],
            )}
          >
            {begin !== undefined && (
              <b className={styles["number"]}>
                <span className={parts["hidden"]}>Chunk </span>
                {begin + 1}
                <span className={parts["hidden"]}>: </span>
              </b>
            )}
            {page.text.slice(start, end)}
          </span>
        );
      })}
    </section>
  );
}
