import { type KeyboardEvent, type Ref } from "react";
import { Icon } from "../../parts/icon.tsx";
import parts from "../../styles/parts.module.css";
import { matchCount } from "../../words/reader.ts";
import styles from "./find.module.css";
import type { Found } from "./use-find.ts";

interface FindBarProps {
  readonly typed: string;
  readonly found: Found;
  /** Which of the matches is shown; null while there is none. */
  readonly at: number | null;
  readonly onType: (typed: string) => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onClose: () => void;
  readonly ref: Ref<HTMLInputElement>;
}

export function FindBar({ typed, found, at, onType, onStep, onClose, ref }: FindBarProps) {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onStep(event.shiftKey ? -1 : 1);
  };
  const none = found.matches.length === 0;
  return (
    <search className={styles["bar"]} data-reader-find="">
      <input
        ref={ref}
        type="text"
        className={styles["field"]}
        aria-label="Find in this document"
        placeholder="Find in this document"
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKey}
      />
      <output className={styles["count"]} aria-live="polite">
        {typed.trim() !== "" && (found.done || !none) && matchCount(at, found.matches.length, found.more)}
      </output>
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        disabled={none}
        onClick={() => onStep(-1)}
      >
        <Icon name="previous" />
      </button>
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label="Next match"
        title="Next match (Enter)"
        disabled={none}
        onClick={() => onStep(1)}
      >
        <Icon name="next" />
      </button>
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label="Close find"
        title="Close find (Esc)"
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </search>
  );
}
