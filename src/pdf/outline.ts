import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { fold } from "#core/page/fold.ts";
import type { OutlineEntry } from "#core/page/source.ts";
import { MOST_OUTLINE_ENTRIES } from "./limits.ts";

type Outline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;
type Destination = Outline[number]["dest"];

/** Longer ones are no headings. */
const LONGEST_TITLE = 500;

/** The outline in its own order. Pages are known once they have been read: call it after them. */
export async function toOutline(pdf: PDFDocumentProxy): Promise<OutlineEntry[]> {
  const outline: Outline | null = await pdf.getOutline();
  const entries: OutlineEntry[] = [];
  const open = (outline ?? []).map((item) => ({ item, level: 1 })).toReversed();
  for (let seen = 0; seen < MOST_OUTLINE_ENTRIES; seen++) {
    const next = open.pop();
    if (next === undefined) break;
    const { item, level } = next;
    const title = fold(item.title.slice(0, LONGEST_TITLE)).replaceAll(/\s+/g, " ").trim();
    // oxlint-disable-next-line no-await-in-loop -- one parser
    if (title !== "") entries.push({ title, level, page: await toPage(pdf, item.dest) });
    for (const child of item.items.toReversed()) open.push({ item: child, level: level + 1 });
  }
  return entries;
}

/** Page index, null where the destination is broken or its page was not read. */
async function toPage(pdf: PDFDocumentProxy, dest: Destination): Promise<number | null> {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest).catch(() => null) : dest;
  const target: unknown = explicit?.[0];
  if (typeof target === "number") return target >= 0 && target < pdf.numPages ? Math.trunc(target) : null;
  if (!isReference(target)) return null;
  const number = pdf.cachedPageNumber(target);
  return number === null ? null : number - 1;
}

function isReference(target: unknown): target is { num: number; gen: number } {
  return (
    typeof target === "object" &&
    target !== null &&
    "num" in target &&
    "gen" in target &&
    Number.isInteger(target.num) &&
    Number.isInteger(target.gen)
  );
}
