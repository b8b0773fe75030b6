import type { OnProgress } from "#core/ports.ts";
import type { Progress } from "#core/model.ts";

export interface Watchdog {
  /** Every sign of life; the first one starts the watch. */
  readonly onProgress: OnProgress;
  /** The last sign of life before the silence, once it was too long. */
  readonly barked: () => Progress | null;
  readonly stop: () => void;
}

/** A computer that slept wakes up with all its timers due, before the worker can speak: a sleep counts as one of these. */
const TICKS = 5;

/** Calls `bark` when a reader that has begun says nothing for `silence` milliseconds before its last page. */
export function watchdog(silence: number, onProgress: OnProgress, bark: () => void): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let barked: Progress | null = null;
  let stopped = false;

  function wait(progress: Progress, ticks: number): void {
    timer = setTimeout(() => {
      if (ticks > 1) {
        wait(progress, ticks - 1);
        return;
      }
      barked = progress;
      bark();
    }, silence / TICKS);
  }

  return {
    onProgress(progress) {
      // What was said before the end may arrive after it, when the worker already reads the next file.
      if (stopped) return;
      clearTimeout(timer);
      // After the last page the layout takes its time over the whole document.
      if (progress.of === 0 || progress.done < progress.of) wait(progress, TICKS);
      onProgress(progress);
    },
    barked: () => barked,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
