import styles from "./heading-path.module.css";

/** Where a passage stands in its document: "Installation › Before the first start". Where room is short the outer headings give way. */
export function HeadingPath({ headings }: { readonly headings: readonly string[] }) {
  const last = headings.at(-1);
  if (last === undefined) return null;
  const outer = headings.slice(0, -1).join(" \u203a ");
  return (
    <span className={styles["path"]} title={headings.join(" \u203a ")}>
      {outer !== "" && (
        <>
          <span className={styles["outer"]}>{outer}</span>
          <span className={styles["mark"]}> {"\u203a"} </span>
        </>
      )}
      <span className={styles["last"]}>{last}</span>
    </span>
  );
}
