import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { fold } from "#core/page/fold.ts";

/** Office programs write their own name or a placeholder where a title should be. */
const BOILERPLATE = /^(?:Microsoft (?:Word|PowerPoint|Excel) - |(?:untitled|无标题|无题)(?:\d|\.\w+)*$)/i;

/** The title in the file's metadata; null where there is none worth showing. */
export async function toTitle(pdf: PDFDocumentProxy): Promise<string | null> {
  const { info } = await pdf.getMetadata();
  const title: unknown = "Title" in info ? info.Title : null;
  if (typeof title !== "string") return null;
  const cleaned = fold(title).trim().replace(BOILERPLATE, "").trim();
  return cleaned === "" ? null : cleaned;
}
