import type { Ranked } from "#core/model.ts";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { moveSign, moveWords } from "../words/moves.ts";
import styles from "./change.module.css";
import type { Side } from "./rows.ts";

interface ChangeProps {
  readonly side: Side;
  readonly ranked: Ranked;
  readonly settled: boolean;
}

/** How far a chunk moved. A rise is what people look for, so it is the stronger of the two. */
export function Change({ side, ranked, settled }: ChangeProps) {
  if (ranked.logit === null) {
    return (
      <span className={cx(styles["change"], styles["none"])}>{side === "after" && moveWords(ranked, settled)}</span>
    );
  }
  const { delta } = ranked;
  const direction = delta > 0 ? styles["up"] : delta < 0 ? styles["down"] : styles["none"];
  return (
    <span className={cx(styles["change"], direction, side === "before" && styles["ahead"])}>
      <span aria-hidden="true">{moveSign(delta)}</span>
      <span className={parts["hidden"]}>{moveWords(ranked, settled)}</span>
    </span>
  );
}
