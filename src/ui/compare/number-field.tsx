import { useEffect, useRef, useState } from "react";

interface NumberFieldProps {
  readonly id: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A number on its way ("1" of "120") is not a setting yet: it becomes one after this pause, on Enter or on leaving. */
const PAUSE = 350;

/** A native number field whose value is a setting once it is in range; anything else falls back when the field is left. */
export function NumberField({ id, value, min, max, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const commit = (text: string) => {
    clearTimeout(timer.current);
    const number = Number(text);
    const isValid = text.trim() !== "" && Number.isInteger(number) && number >= min && number <= max;
    if (isValid && number !== value) onChange(number);
    return isValid;
  };

  return (
    <input
      id={id}
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      step={1}
      value={draft ?? value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(text), PAUSE);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(event.currentTarget.value);
      }}
      onBlur={(event) => {
        const text = event.currentTarget.value;
        const isValid = commit(text);
        // Out of range: the nearest allowed number, which is what was meant.
        if (!isValid && Number.isFinite(Number(text)) && text !== "")
          onChange(Math.min(max, Math.max(min, Math.round(Number(text)))));
        setDraft(null);
      }}
    />
  );
}
