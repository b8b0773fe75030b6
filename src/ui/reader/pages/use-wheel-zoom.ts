import { type RefObject, useEffect, useEffectEvent } from "react";
import type { Zoom } from "./zoom.ts";

/** Control and wheel, which is also what a pinch on a touch pad sends, zooms the pages instead of the whole site. */
export function useWheelZoom(
  column: RefObject<HTMLElement | null>,
  scale: number | null,
  onZoom: (zoom: Zoom) => void,
): void {
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey || scale === null) return;
    event.preventDefault();
    // A notch of a wheel is 100 to 120, a pinch sends many small ones: 120 is a quarter more.
    onZoom(Math.min(10, Math.max(0.2, scale * Math.exp(-event.deltaY / 540))));
  });
  useEffect(() => {
    const element = column.current;
    const listener = (event: WheelEvent) => onWheel(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, [column]);
}
