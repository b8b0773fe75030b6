import type { KeyboardEvent } from "react";

interface ReaderCommands {
  readonly find: () => void;
  /** Escape: closes what is on top. */
  readonly leave: () => void;
  readonly zoom?: (direction: 1 | -1) => void;
  readonly fit?: (how: "width" | "page") => void;
  readonly rotate?: () => void;
  readonly panel?: () => void;
  readonly page?: (direction: 1 | -1) => void;
}

const KEYS: Readonly<Record<string, (commands: ReaderCommands) => void>> = {
  "+": ({ zoom }) => zoom?.(1),
  "=": ({ zoom }) => zoom?.(1),
  "-": ({ zoom }) => zoom?.(-1),
  "0": ({ fit }) => fit?.("width"),
  "9": ({ fit }) => fit?.("page"),
  r: ({ rotate }) => rotate?.(),
  t: ({ panel }) => panel?.(),
  ArrowRight: ({ page }) => page?.(1),
  ArrowLeft: ({ page }) => page?.(-1),
};

/** Keys of the reader, wherever the focus is in it. Arrows up and down, Home, End and Page scroll by themselves. */
export function useReaderKeys(commands: ReaderCommands): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    const isField = event.target instanceof HTMLInputElement;
    if (event.key === "Escape") commands.leave();
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") commands.find();
    else if (event.ctrlKey || event.metaKey || isField) return;
    else {
      const act = KEYS[event.key];
      if (act === undefined || scrollsSideways(event)) return;
      act(commands);
    }
    event.preventDefault();
    // The lists have keys of their own.
    event.stopPropagation();
  };
}

/** In pages wider than the column the arrows scroll them. */
function scrollsSideways({ key, target }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== "ArrowRight" && key !== "ArrowLeft") return false;
  return target instanceof HTMLElement && target.scrollWidth > target.clientWidth + 1;
}
