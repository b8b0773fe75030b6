import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { fold } from "#core/page/fold.ts";
import type { PageIndex, Points } from "#core/model.ts";

export interface OutlineNode {
  readonly title: string;
  /** null where the entry leads nowhere in this document. */
  readonly page: PageIndex | null;
  /** Height of the place above the bottom of the unrotated, cropped page; null = its top. */
  readonly y: Points | null;
  readonly children: readonly OutlineNode[];
}

type RawOutline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;
type RawNode = NonNullable<RawOutline>[number];

/** Deeper nesting than any book has, or a loop. */
const DEEPEST = 12;

/** The document's bookmarks with their destinations looked up. */
export async function readOutline(pdf: PDFDocumentProxy): Promise<readonly OutlineNode[]> {
  const raw = await pdf.getOutline();
  return raw === null ? [] : readNodes(pdf, raw, 0);
}

async function readNodes(pdf: PDFDocumentProxy, nodes: readonly RawNode[], depth: number): Promise<OutlineNode[]> {
  if (depth >= DEEPEST) return [];
  return Promise.all(
    nodes.map(async ({ title, dest, items }) => ({
      title: fold(title).trim(),
      ...(await readDestination(pdf, dest).catch(() => NOWHERE)),
      children: await readNodes(pdf, items, depth + 1),
    })),
  );
}

const NOWHERE = { page: null, y: null };

async function readDestination(pdf: PDFDocumentProxy, dest: RawNode["dest"]): Promise<Pick<OutlineNode, "page" | "y">> {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  if (!Array.isArray(explicit)) return NOWHERE;
  const [target, kind, ...numbers] = explicit as readonly unknown[];
  const page = await pageOf(pdf, target);
  if (page === null) return NOWHERE;
  const top = kindName(kind) === "XYZ" ? numbers[1] : kindName(kind) === "FitH" ? numbers[0] : null;
  return { page, y: typeof top === "number" ? await aboveBottom(pdf, page, top) : null };
}

/** A reference to the page's object, or its number from 0. */
async function pageOf(pdf: PDFDocumentProxy, target: unknown): Promise<PageIndex | null> {
  if (typeof target === "number") return target >= 0 && target < pdf.numPages ? target : null;
  if (typeof target !== "object" || target === null || !("num" in target) || !("gen" in target)) return null;
  return pdf.getPageIndex({ num: Number(target.num), gen: Number(target.gen) });
}

function kindName(kind: unknown): unknown {
  return typeof kind === "object" && kind !== null && "name" in kind ? kind.name : null;
}

/** Only the place of entries that were asked for matters, but one page's numbers are one small message. */
async function aboveBottom(pdf: PDFDocumentProxy, page: PageIndex, y: number): Promise<Points> {
  const { view, userUnit } = await pdf.getPage(page + 1);
  return (y - (view[1] ?? 0)) * userUnit;
}
