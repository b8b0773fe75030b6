import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  let query: MediaQueryList;
  const arm = (): void => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", onChange, { once: true });
  };
  const onChange = (): void => {
    arm();
    changed();
  };
  arm();
  return () => query.removeEventListener("change", onChange);
}

/** Device pixels per CSS pixel: changes with the browser's zoom and from screen to screen. */
export function useDeviceScale(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio);
}
