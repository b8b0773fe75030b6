import type { OnProgress } from "#core/ports.ts";
import type { Progress } from "#core/model.ts";

export interface Watchdog {
  /** Every sign of life; the first one starts the watch. */
  readonly onProgress: OnProgress;
  /** The last sign of life before the silence, once it was too long. */
  readonly barked: () => Progress | null;
  readonly stop: () => void;
}

/** Calls `bark` when a reader that has begun says nothing for `silence` milliseconds before its last page. */
export function watchdog(silence: number, onProgress: OnProgress, bark: () => void): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let barked: Progress | null = null;
  return {
    onProgress(progress) {
      clearTimeout(timer);
      // After the last page the layout takes its time over the whole document.
      if (progress.of === 0 || progress.done < progress.of) {
        timer = setTimeout(() => {
          barked = progress;
          bark();
        }, silence);
      }
      onProgress(progress);
    },
    barked: () => barked,
    stop: () => clearTimeout(timer),
  };
}
