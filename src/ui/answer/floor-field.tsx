import { useId, useState } from "react";
import styles from "./answer.module.css";

interface FloorFieldProps {
  /** null: none. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** The logit that the best passage must reach; empty for none. It holds for the next answer. */
export function FloorField({ value, onChange }: FloorFieldProps) {
  const id = useId();
  const hint = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (text: string): void => {
    const number = text.trim() === "" ? null : Number(text);
    if (number === null || Number.isFinite(number)) onChange(number);
    setDraft(null);
  };
  return (
    <div className={styles["floor"]}>
      <label htmlFor={id}>Refuse below</label>
      <input
        id={id}
        type="number"
        step="any"
        aria-describedby={hint}
        placeholder="never"
        value={draft ?? value ?? ""}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => draft !== null && commit(draft)}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(event.currentTarget.value);
        }}
      />
      <span id={hint}>logit of the best passage</span>
    </div>
  );
}
