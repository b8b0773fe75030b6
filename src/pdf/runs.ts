import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { HeadingRole, SourceRun } from "#core/page/source.ts";
import { toEdges } from "./edges.ts";
import type { GlyphWidths } from "./glyph-widths.ts";
import { toFamily } from "./standard-widths.ts";

type TextContent = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;
export type Item = TextContent["items"][number];
export type TextItem = Extract<Item, { str: string }>;
export type Styles = TextContent["styles"];

/** Text in drawing order, each piece with what the file's tags say about it. */
export interface TaggedItem {
  readonly item: TextItem;
  readonly role: SourceRun["role"];
}

/** Type 3 fonts report no metrics; these are those of a usual serif. */
const USUAL = { ascent: 0.8, descent: -0.2 };
/** A page that is an artifact to more than half is a wrong tag, not a page of headers. */
const MOST_ARTIFACTS = 0.5;

/** Text items with the role that the marks around them give. `headings`: marked-content id → role. */
export function toTaggedItems(items: readonly Item[], headings: ReadonlyMap<string, HeadingRole>): TaggedItem[] {
  const tagged: TaggedItem[] = [];
  const marks: SourceRun["role"][] = [];
  let all = 0;
  let artifacts = 0;
  for (const item of items) {
    if ("str" in item) {
      // Empty items only carry a line break, which the baselines tell better.
      if (item.str === "") continue;
      const role = marks.at(-1) ?? null;
      tagged.push({ item, role });
      all += item.str.length;
      if (role === "artifact") artifacts += item.str.length;
    } else if (item.type === "endMarkedContent") marks.pop();
    else {
      const outer = marks.at(-1) ?? null;
      const isArtifact = outer === "artifact" || ("tag" in item && item.tag === "Artifact");
      marks.push(isArtifact ? "artifact" : (headings.get(item.id) ?? outer));
    }
  }
  if (artifacts <= MOST_ARTIFACTS * all) return tagged;
  return tagged.map(({ item, role }) => ({ item, role: role === "artifact" ? null : role }));
}

export interface PageBox {
  readonly view: readonly number[];
  readonly userUnit: number;
}

/** pdf.js items → runs in points from the bottom left of the page's view box. */
export function toRuns(items: readonly TaggedItem[], styles: Styles, box: PageBox, glyphs: GlyphWidths): SourceRun[] {
  return items.map(({ item, role }) => toRun(item, role, styles[item.fontName], box, glyphs));
}

function toRun(
  item: TextItem,
  role: SourceRun["role"],
  style: Styles[string] | undefined,
  { view, userUnit: unit }: PageBox,
  glyphs: GlyphWidths,
): SourceRun {
  const [left = 0, bottom = 0] = view;
  const [a, b, c, d, e, f] = item.transform.map((value) => (Number.isFinite(value) ? Number(value) : 0));
  const vertical = style?.vertical === true;
  const width = Math.hypot(a ?? 0, b ?? 0);
  const height = Math.hypot(c ?? 0, d ?? 0);
  // Vertical text runs against the "up" of its glyphs, and its origin is the middle of the column.
  const [towardsX, towardsY, length] = vertical ? [-(c ?? 0), -(d ?? 0), height] : [a ?? 0, b ?? 0, width];
  const advance = Math.abs(vertical ? item.height : item.width) * unit || 0;
  const known = glyphs.of(item.fontName);
  const family = toFamily(style?.fontFamily);
  return {
    text: item.str,
    x: ((e ?? 0) - left) * unit,
    y: ((f ?? 0) - bottom) * unit,
    dirX: length > 0 ? towardsX / length : 1,
    dirY: length > 0 ? towardsY / length : 0,
    advance,
    size: (vertical ? width : height) * unit,
    ascent: vertical ? 0.5 : style?.ascent || USUAL.ascent,
    descent: vertical ? -0.5 : style?.descent || USUAL.descent,
    font: item.fontName,
    rtl: item.dir === "rtl",
    // In vertical writing every character is an em high.
    edges: vertical ? null : toEdges({ text: item.str, advance, em: width * unit, known, family }),
    role,
  };
}
