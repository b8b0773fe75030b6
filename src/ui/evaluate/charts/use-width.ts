import { type RefObject, useLayoutEffect, useState } from "react";

/** Width of an element's content in CSS pixels; 0 before it is laid out. Letters of a drawing are then as large as others. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(element);
    return () => watch.disconnect();
  }, [ref]);
  return width;
}
