import type { Line } from "./line.ts";
import type { SourcePage } from "./source.ts";

/** Lines in the order in which people read them. */
export function inReadingOrder(lines: readonly Line[], _page: Pick<SourcePage, "width" | "height">): Line[] {
  return [...lines];
}
