import { type RefObject, useCallback, useEffect, useRef } from "react";

/** A `details` that closes on Escape and on a press elsewhere, as a menu would; its items are reached with Tab. */
export function useDisclosure(): {
  readonly ref: RefObject<HTMLDetailsElement | null>;
  readonly close: (backToButton: boolean) => void;
} {
  const ref = useRef<HTMLDetailsElement>(null);
  const close = useCallback((backToButton: boolean) => {
    if (ref.current === null) return;
    ref.current.open = false;
    if (backToButton) ref.current.querySelector("summary")?.focus();
  }, []);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) === false) ref.current.open = false;
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || ref.current?.open !== true) return;
      event.preventDefault();
      close(true);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", escape);
    };
  }, [close]);

  return { ref, close };
}
