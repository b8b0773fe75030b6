import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { SourceRun } from "#core/page/source.ts";

type TextContent = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;
type Item = TextContent["items"][number];
type TextItem = Extract<Item, { str: string }>;
type Style = TextContent["styles"][string];

/** Type 3 fonts report no metrics; these are those of a usual serif. */
const USUAL = { ascent: 0.8, descent: -0.2 };

/** pdf.js items → runs in points from the bottom left of the page's view box. */
export function toRuns(content: TextContent, view: readonly number[], userUnit: number): SourceRun[] {
  const [left = 0, bottom = 0] = view;
  const runs: SourceRun[] = [];
  for (const item of content.items) {
    // Empty items only carry a line break, which the baselines tell better.
    if (!("str" in item) || item.str === "") continue;
    runs.push(toRun(item, content.styles[item.fontName], left, bottom, userUnit));
  }
  return runs;
}

function toRun(item: TextItem, style: Style | undefined, left: number, bottom: number, unit: number): SourceRun {
  const [a, b, c, d, e, f] = item.transform.map((value) => (Number.isFinite(value) ? Number(value) : 0));
  const vertical = style?.vertical === true;
  const width = Math.hypot(a ?? 0, b ?? 0);
  const height = Math.hypot(c ?? 0, d ?? 0);
  // Vertical text runs against the "up" of its glyphs, and its origin is the middle of the column.
  const [towardsX, towardsY, length] = vertical ? [-(c ?? 0), -(d ?? 0), height] : [a ?? 0, b ?? 0, width];
  return {
    text: item.str,
    x: ((e ?? 0) - left) * unit,
    y: ((f ?? 0) - bottom) * unit,
    dirX: length > 0 ? towardsX / length : 1,
    dirY: length > 0 ? towardsY / length : 0,
    advance: Math.abs(vertical ? item.height : item.width) * unit || 0,
    size: (vertical ? width : height) * unit,
    ascent: vertical ? 0.5 : style?.ascent || USUAL.ascent,
    descent: vertical ? -0.5 : style?.descent || USUAL.descent,
    font: item.fontName,
    rtl: item.dir === "rtl",
    edges: null,
    role: null,
  };
}
