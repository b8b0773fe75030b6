import { useEffect, useEffectEvent } from "react";

export const QUESTION_ID = "question";

/** Whether a key pressed here is meant as text, or belongs to a control or an open dialog. */
export function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog") !== null) return true;
  const field = target.closest("input, textarea, select, [contenteditable]");
  // A checkbox takes no letters.
  return field !== null && !(field instanceof HTMLInputElement && field.type === "checkbox");
}

/** `/` goes to the question, `?` shows the keys, wherever the focus is. */
export function useGlobalKeys(showKeys: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (belongsElsewhere(event)) return;
    if (event.key === "/") {
      const question = document.getElementById(QUESTION_ID);
      if (!(question instanceof HTMLInputElement)) return;
      event.preventDefault();
      question.focus();
      question.select();
    } else if (event.key === "?") {
      event.preventDefault();
      showKeys();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
