import { useState } from "react";
import type { ReaderTarget } from "#state/reader-view.ts";

/** Where to scroll: the latest wish counts, whether it came from the lists (`target`) or from within the reader. */
export function useWish(target: ReaderTarget | null): [ReaderTarget | null, (wish: ReaderTarget) => void] {
  const [wish, setWish] = useState(target);
  const [seen, setSeen] = useState(target);
  if (target !== seen) {
    setSeen(target);
    setWish(target);
  }
  return [target === seen ? wish : target, setWish];
}
