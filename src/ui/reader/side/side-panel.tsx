import { type ReactNode, type Ref, useId, useState } from "react";
import styles from "./side.module.css";

interface SidePanelProps {
  readonly thumbnails: () => ReactNode;
  readonly outline: () => ReactNode;
  readonly ref: Ref<HTMLElement>;
}

/** Beside the pages: their pictures, or the outline. */
export function SidePanel({ thumbnails, outline, ref }: SidePanelProps) {
  const [shows, setShows] = useState<"thumbnails" | "outline">("thumbnails");
  const body = useId();
  const tab = (which: typeof shows, word: string) => (
    <button
      type="button"
      className={styles["tab"]}
      aria-pressed={shows === which}
      aria-controls={body}
      onClick={() => setShows(which)}
    >
      {word}
    </button>
  );
  return (
    <nav ref={ref} className={styles["side"]} aria-label="Pages and outline" data-shows={shows}>
      <div className={styles["tabs"]}>
        {tab("thumbnails", "Pages")}
        {tab("outline", "Outline")}
      </div>
      <div id={body} className={styles["body"]}>
        {shows === "thumbnails" ? thumbnails() : outline()}
      </div>
    </nav>
  );
}
